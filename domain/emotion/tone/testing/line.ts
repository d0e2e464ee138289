import type { Abuse } from '../lexicon.js';

/** What a player wrote, the sign that a reader gives its valence (0: within a tenth of nothing), the abuse in it. */
export type ToneLine = readonly [text: string, sign: -1 | 0 | 1, abuse?: Abuse];
