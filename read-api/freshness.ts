import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadApiParts } from './parts.js';

type Fresh = Pick<ReadApiParts, 'fresh'>;

/** How long any answer may wait for what is in the log already. */
const FRESH_MS = 300;
/** How long one waits who asks for what is not there: it may have been registered a moment ago. */
const REGISTERED_MS = 2_000;

/**
 * Waits until the read models have what was in the log at the time of asking, so that who writes and then
 * reads finds it; never longer than the bound, and never for a log that cannot be asked.
 */
export async function freshen({ fresh }: Fresh, withinMs = FRESH_MS): Promise<boolean> {
  const over = new AbortController();
  const timeUp = sleep(withinMs, false, { signal: over.signal }).catch(() => false);
  const caughtUp = fresh.caughtUpWithLog(withinMs).catch(() => false);
  const isFresh = await Promise.race([caughtUp, timeUp]);
  over.abort();
  return isFresh;
}

/** Looks; when nothing is there, once more as soon as the read models have all that was in the log. */
export async function findFresh<T>(parts: Fresh, look: () => Promise<T | null>): Promise<T | null> {
  // One that is up to date says so at once: a second look then would find nothing new.
  const fresh = await freshen(parts);
  const found = await look();
  if (found !== null || fresh) return found;
  await freshen(parts, REGISTERED_MS);
  return look();
}
