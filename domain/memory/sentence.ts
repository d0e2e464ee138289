import type { Language } from '../kernel/language.js';
import type { Memory, Remembered } from './memory.js';
import { chinese } from './words/chinese.js';
import { english } from './words/english.js';
import type { Grammar } from './words/grammar.js';

/** An occurrence, or all of a key, which know how often. */
export type Sayable = Pick<Memory, 'kind' | 'facts'> & Partial<Pick<Remembered, 'count'>>;

const grammars: Record<Language, Grammar> = { en: english, zh: chinese };

/** What is longer is not quoted whole. */
const QUOTED_MAX = 300;

/**
 * The memory as a sentence, said to the player. `said`: the opened text of a talk; without it that something was told.
 */
export function sentenceOf(memory: Sayable, lang: Language, said: string | null = null): string {
  const { kind, facts, count = 1 } = memory;
  const grammar = grammars[lang];
  const sentence = told({ kind, facts, count }, grammar, said === null ? null : quotable(said));
  return `${sentence}${grammar.stop}`;
}

/** Without how often and when: the same for all occurrences that are alike, so it is embedded once. */
export const plainSentenceOf = (
  { kind, facts }: Sayable,
  lang: Language,
  said: string | null = null,
): string => sentenceOf({ kind, facts }, lang, said);

function told({ kind, facts, count }: Required<Sayable>, grammar: Grammar, said: string | null): string {
  switch (kind) {
    case 'moment':
    case 'first':
      if (count > 1) return grammar.again(facts, count);
      return kind === 'first' ? grammar.first(facts) : grammar.did(facts);
    case 'record':
      return grammar.record(facts, count);
    case 'talk':
      return grammar.talk(said);
    default:
      return grammar[kind](facts);
  }
}

/** A noun phrase that a line can name: "that five-kill streak as Jinx". */
export const phraseOf = ({ kind, facts }: Sayable, lang: Language): string =>
  grammars[lang].phrase[kind](facts);

/** What a person wrote, as something that is quoted: one line, no markup. `null`: nothing is left of it. */
function quotable(said: string): string | null {
  const plain = said
    .replace(/[<>{}\p{Cc}]+/gu, ' ')
    .replace(/["“”]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  const signs = [...plain];
  if (signs.length === 0) return null;
  return signs.length > QUOTED_MAX ? `${signs.slice(0, QUOTED_MAX).join('')}…` : plain;
}
