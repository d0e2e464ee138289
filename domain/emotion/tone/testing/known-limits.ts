import type { AbuseKind } from '../lexicon.js';

/** What a reader gives it, and why the tables do not. */
export type KnownLimit = readonly [
  text: string,
  sign: -1 | 0 | 1,
  why: string,
  hurt?: AbuseKind | 'self_harm',
];

// biome-ignore format: a table is read by its columns
export const englishKnownLimits: readonly KnownLimit[] = [
  ['great, another feeder in my team, just what I needed', -1, 'sarcasm is taken at its word'],
  ['wow thanks for the help team', -1, 'sarcasm is taken at its word'],
  ['we got carried by our worst player', 1, '"worst" is heard, that somebody rose above it is not'],
  ['the enemy carry is insane', -1, 'praise of the enemy is bad news, but who is on which side is not known'],
  ['I thought this would be fun', -1, 'what was expected and did not come'],
];

// biome-ignore format: a table is read by its columns
export const chineseKnownLimits: readonly KnownLimit[] = [
  ['队友真棒，团战一个人都没来', -1, 'sarcasm is taken at its word'],
  ['对面好猛', -1, 'praise of the enemy is bad news, but who is on which side is not known'],
  ['6', 1, 'a single digit is a number more often than praise'],
  ['我还以为会很好玩', -1, 'what was expected and did not come'],
  ['让那个boss去死吧', -1, '去死吧 counts as a wish against a person: whom it meets is not looked for', undefined],
];
