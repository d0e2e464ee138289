import { KeysUnavailable, PersonErased } from '../commands/person-keys/sealer.js';
import { type Rejection, reject } from '../domain/kernel/rejection.js';
import { playerErased } from '../domain/player/player.js';
import { LogUnavailable } from '../eventstore/log.js';

const RETRY_AFTER_MS = 1_000;

/** The answer to whoever needs a part that is away: later; or a person who is no more. `null` for any other error, which is a bug. */
export function awayOf(error: unknown): Rejection | null {
  const later = { retryAfterMs: RETRY_AFTER_MS };
  if (error instanceof LogUnavailable) return reject('unavailable', 'the event log cannot be reached', later);
  if (error instanceof PersonErased) return playerErased();
  if (error instanceof KeysUnavailable) return reject('unavailable', 'the database cannot be reached', later);
  return null;
}
