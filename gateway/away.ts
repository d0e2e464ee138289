import { KeysUnavailable } from '../commands/person-keys/sealer.js';
import { type Rejection, reject } from '../domain/kernel/rejection.js';
import { LogUnavailable } from '../eventstore/log.js';

const RETRY_AFTER_MS = 1_000;

/** The answer to whoever needs a part that is away: later. `null` for any other error, which is a bug. */
export function awayOf(error: unknown): Rejection | null {
  const later = { retryAfterMs: RETRY_AFTER_MS };
  if (error instanceof LogUnavailable) return reject('unavailable', 'the event log cannot be reached', later);
  if (error instanceof KeysUnavailable) return reject('unavailable', 'the database cannot be reached', later);
  return null;
}
