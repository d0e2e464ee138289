import type { AbuseKind } from '../lexicon.js';
import type { Tone } from '../tone.js';

/**
 * What a player wrote, the sign that a reader gives its valence (0: within a tenth of nothing), and what hurts in it;
 * `self_harm` is distress.
 */
export type ToneLine = readonly [text: string, sign: -1 | 0 | 1, hurt?: AbuseKind | 'self_harm'];

export const signOf = ({ valence }: Pick<Tone, 'valence'>): number =>
  Math.abs(valence) <= 0.1 ? 0 : Math.sign(valence);
