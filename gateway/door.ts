import type { WriteSide } from '../commands/context.js';
import { type Authentication, createAuthentication } from './auth/authenticate.js';
import type { Tokens } from './auth/player-tokens.js';
import { type Limits, openLimits, type Rates, type Verdicts, withLimits } from './limits/limits.js';

/** Who is let in, and how often. */
export type Door = { authentication: Authentication; limits: Limits; verdicts: Verdicts };

export type DoorParts = {
  side: WriteSide;
  tokens: Tokens;
  adminKeySha256: string;
  rates: Rates;
  /** Where instances share their limits. */
  redis?: object | null;
};

export function openDoor({ side, tokens, adminKeySha256, rates, redis = null }: DoorParts): Door {
  const limits = openLimits(rates, redis);
  const verdicts: Verdicts = new WeakMap();
  const known = createAuthentication(side, tokens, adminKeySha256);
  return { authentication: withLimits(known, limits, verdicts), limits, verdicts };
}
