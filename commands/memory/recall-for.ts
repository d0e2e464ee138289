import type { Cue, Recalled } from '../../domain/memory/recall.js';

/** What is looked for, and of whom. */
export type RecallAsk = {
  playerId: string;
  /** In the player's stream: nothing after it comes to mind. */
  revision: number;
  cue: Cue;
  /** What was asked, in words. */
  text?: string;
  /** So many at most. */
  limit: number;
  /** Aborts when nobody waits any more. */
  signal?: AbortSignal;
};

/** What comes to mind, the likeliest first; `[]` where nothing does, or nobody can tell in time. */
export type RecallFor = (ask: RecallAsk) => Promise<readonly Recalled[]>;
