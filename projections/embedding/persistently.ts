import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../../eventstore/backoff.js';
import { EmbedderUnavailable } from './embedder.js';
import { Trouble } from './post.js';

export type Attempts = {
  /** Requests for one answer. */
  attempts?: number;
  /** The longest pause between them; a server that wants a longer one is not asked again. */
  capMs?: number;
  /** Until a server that says when wants to be asked again. */
  pause?: (ms: number, ended: AbortSignal) => Promise<unknown>;
};

const ATTEMPTS = 4;
const CAP_MS = 10_000;
/** 25 ms, doubled so often: what a server that is busy needs at least. */
const CALMER = 3;
const pauseFor = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);

/** Again and again while another try may help; `ended` ends a pause. @throws what the last try threw */
export async function persistently<T>(
  attempt: () => Promise<T>,
  { attempts = ATTEMPTS, capMs = CAP_MS, pause = pauseFor }: Attempts,
  ended: AbortSignal,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      const { message, retryAfterMs } = error;
      if (tries >= attempts || (retryAfterMs ?? 0) > capMs)
        throw new EmbedderUnavailable(message, retryAfterMs);
      // Once it has ended, the next attempt says why.
      if (retryAfterMs === undefined) await backoff(tries + CALMER, capMs, ended);
      else await pause(retryAfterMs, ended);
    }
  }
}
