import type { Clause } from '../clauses.js';

/** What in a sentence speaks for (weight above 0) or against its telling something of the player's own that lasts. */
export type Sign = { says: string; weight: number; when: RegExp };

/** How statements about oneself are known in a language. */
export type Telling = {
  signs: readonly Sign[];
  /** Orders, guesses, conditions, riddles, despair: nothing to keep, whatever else is in it. */
  never: RegExp;
};

/**
 * What all signs of a statement weigh together at least. That it is of the player weighs a third of it: one sign of what
 * lasts does beside that, or two where the player is left out ("passed my exam", "下个月要搬家").
 */
const ENOUGH = 1.5;

export function tells({ signs, never }: Telling, { text, asks }: Clause): boolean {
  if (asks) return false;
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '');
  return !never.test(plain) && weightOf(signs, plain) >= ENOUGH;
}

/** Each sign once, however often it is there. */
const weightOf = (signs: readonly Sign[], text: string): number =>
  signs.reduce((sum, { weight, when }) => (when.test(text) ? sum + weight : sum), 0);

/** A group of alternatives out of lists, parted by a comma and a space; each may be a pattern. */
export const oneOf = (...lists: string[]): string =>
  `(?:${lists.flatMap((list) => list.trim().split(/,\s+/)).join('|')})`;
