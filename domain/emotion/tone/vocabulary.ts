import type { Language } from '../../kernel/language.js';
import { cut, type FaceAt, type Resolve, type Token } from './cut.js';
import type { Abusive, Effect, Felt, Lexicon } from './lexicon.js';

/** All that is known of one spelling. */
export type Entry = {
  spelling: string;
  lang: Language | null;
  valence?: number;
  arousal?: number;
  lonely?: true;
  abuse?: { kind: Abusive[2]; valence: number; when?: Abusive[3] };
  effect?: Effect;
};

type Node = { next: Map<string, Node>; entry?: Entry };

export type Vocabulary = {
  /** The longest spelling that begins at a token, and where it ends. */
  longest(tokens: readonly Token[], from: number): { entry: Entry; end: number } | null;
  words: ReadonlySet<string>;
  /** Words that hurt by themselves, and those of spellings that do. */
  hurting: ReadonlySet<string>;
  partOfHurting: ReadonlySet<string>;
};

export type Table = { lexicon: Partial<Lexicon>; lang: Language | null };

/** "a|b[cd]" is a, bc and bd. */
export function spellingsOf(row: string): string[] {
  const found = row.split('|').flatMap(choices);
  return [...new Set(found.map((spelling) => withoutApostrophes(spelling).toLowerCase()))];
}

/** Most have none, and looking for a letter before it is dear. */
const withoutApostrophes = (spelling: string) =>
  spelling.includes("'") ? spelling.replaceAll(/(?<=\p{L})'/gu, '') : spelling;

function choices(pattern: string): string[] {
  const open = pattern.indexOf('[');
  const close = pattern.indexOf(']', open);
  if (open < 0 || close <= open + 1) return [pattern];
  const rest = choices(pattern.slice(close + 1));
  return [...pattern.slice(open + 1, close)].flatMap((sign) =>
    rest.map((tail) => pattern.slice(0, open) + sign + tail),
  );
}

const asIs: Resolve = (raw) => ({
  word: raw.replaceAll("'", '').toLowerCase(),
  stretched: false,
  disguised: false,
});

export function vocabularyOf(tables: readonly Table[], faceAt: FaceAt): Vocabulary {
  const root: Node = { next: new Map() };
  const words = new Set<string>();
  const hurting = new Set<string>();
  const partOfHurting = new Set<string>();
  for (const { lexicon, lang } of tables) {
    for (const { spelling, known } of knownIn(lexicon)) {
      const pieces = cut(spelling, { resolve: asIs, faceAt }).map(({ word }) => word);
      if (known.abuse) for (const word of pieces) partOfHurting.add(word);
      for (const way of known.abuse ? waysOf(pieces, known.abuse.when) : [pieces]) {
        for (const word of way) words.add(word);
        if (known.abuse && way.length === 1) hurting.add(way[0]!);
        const node = grown(root, way);
        node.entry = { ...(node.entry ?? { spelling, lang }), ...known };
      }
    }
  }
  return { longest: (tokens, from) => longestIn(root, tokens, from), words, hurting, partOfHurting };
}

/** What hurts is also written without its spaces: "fuckyou". */
function waysOf(pieces: readonly string[], when: Abusive[3]): (readonly string[])[] {
  const isGlued = pieces.length > 1 && when === undefined && pieces.every((piece) => /^[a-z]+$/.test(piece));
  return isGlued ? [pieces, [pieces.join('')]] : [pieces];
}

type Known = { spelling: string; known: Partial<Entry> };

function knownIn({
  felt = [],
  lonely = [],
  abusive = [],
  effects = [],
  plain = [],
}: Partial<Lexicon>): Known[] {
  const rows = (row: string, known: Partial<Entry>): Known[] =>
    spellingsOf(row).map((spelling) => ({ spelling, known }));
  const feeling = ([, valence, arousal]: Felt) => ({ valence, ...(arousal !== undefined && { arousal }) });
  return [
    ...plain.flatMap((row) => rows(row, {})),
    ...felt.flatMap((row) => rows(row[0], feeling(row))),
    ...lonely.flatMap((row) => rows(row[0], { ...feeling(row), lonely: true })),
    ...abusive.flatMap(([row, valence, kind, when]) =>
      rows(row, { abuse: { kind, valence, ...(when && { when }) } }),
    ),
    ...effects.flatMap(([row, effect]) => rows(row, { effect })),
  ];
}

function grown(root: Node, pieces: readonly string[]): Node {
  let node = root;
  for (const piece of pieces) {
    let next = node.next.get(piece);
    if (!next) {
      next = { next: new Map() };
      node.next.set(piece, next);
    }
    node = next;
  }
  return node;
}

function longestIn(root: Node, tokens: readonly Token[], from: number) {
  let node: Node | undefined = root;
  let best: { entry: Entry; end: number } | null = null;
  for (let at = from; at < tokens.length && tokens[at]!.pause === undefined; at++) {
    node = node.next.get(tokens[at]!.word);
    if (!node) break;
    if (node.entry) best = { entry: node.entry, end: at + 1 };
  }
  return best;
}
