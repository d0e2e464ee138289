import type { Token } from './cut.js';
import type { Entry, Vocabulary } from './vocabulary.js';

/** What the tables know of a line, in its order; between two marks may stand words that say nothing. */
export type Mark = {
  /** Counted in tokens. */
  at: number;
  end: number;
  entry: Entry | undefined;
  /** Where a clause ends. */
  pause: string | undefined;
  loud: boolean;
  disguised: boolean;
};

/** What may stand beside a lonely sign and leaves it a word of its own. */
const particles = new Set('了啊吧呀啦呢哦哈的得就都还也这那是被嘛吗么呗诶耶哇噢');

export function marksOf(tokens: readonly Token[], { longest }: Pick<Vocabulary, 'longest'>): Mark[] {
  const marks: Mark[] = [];
  let at = 0;
  while (at < tokens.length) {
    const { pause } = tokens[at]!;
    const found = pause === undefined ? longest(tokens, at) : null;
    const end = found?.end ?? at + 1;
    const isFree = !found?.entry.lonely || (freeBefore(tokens, at, marks) && freeAfter(tokens, end, longest));
    if (pause !== undefined || (found && isFree))
      marks.push(markOf(tokens, { at, end, entry: found?.entry }));
    at = end;
  }
  return marks;
}

type Found = { at: number; end: number; entry: Entry | undefined };

function markOf(tokens: readonly Token[], { at, end, entry }: Found): Mark {
  let loud = false;
  let disguised = false;
  for (let one = at; one < end; one++) {
    loud ||= tokens[one]!.loud;
    disguised ||= tokens[one]!.disguised;
  }
  return { at, end, entry, pause: tokens[at]!.pause, loud, disguised };
}

const standsAlone = (token: Token | undefined) => token?.lang !== 'zh' || particles.has(token.word);

const freeBefore = (tokens: readonly Token[], at: number, marks: readonly Mark[]) =>
  standsAlone(tokens[at - 1]) || marks.at(-1)?.end === at;

const freeAfter = (tokens: readonly Token[], end: number, longest: Vocabulary['longest']) =>
  standsAlone(tokens[end]) || longest(tokens, end) !== null;
