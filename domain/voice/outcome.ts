import { lineFaults } from './reply.js';

/** Why no line was written. */
export const lineFailures = [
  ...lineFaults,
  /** Its day has no money left: the game's, or the player's. */
  'game_budget',
  'player_budget',
  /** Whoever keeps the accounts cannot be asked, so nothing may be spent. */
  'no_accounts',
  /** The model is left alone for a while, for it failed too often. */
  'breaker_open',
  'too_late',
  'rate_limited',
  'overloaded',
  'refused',
  'unreachable',
  /** The API does not take the request: a wrong key, an unknown model. */
  'rejected',
  /** Whoever asked went away before there was an answer. */
  'interrupted',
  /** What it answers cannot be read any more. */
  'unreadable',
  /** Nobody who could write was there. */
  'no_writer',
] as const;

export type LineFailure = (typeof lineFailures)[number];
