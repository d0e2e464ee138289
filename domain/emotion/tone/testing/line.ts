import type { AbuseKind } from '../lexicon.js';

/**
 * What a player wrote, the sign that a reader gives its valence (0: within a tenth of nothing), and what hurts in it;
 * `self_harm` is distress.
 */
export type ToneLine = readonly [text: string, sign: -1 | 0 | 1, hurt?: AbuseKind | 'self_harm'];
