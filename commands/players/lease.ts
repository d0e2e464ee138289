import type { ReachedPlayer } from '../../domain/access/reached.js';
import { streamOf } from '../../domain/kernel/ids.js';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';
import type { WriteSide } from '../context.js';
import type { Lease } from '../quota/quota.js';

const ALL: Lease = { granted: Number.MAX_SAFE_INTEGER, settle() {} };

/** Of the client's month, for so many events. What was imported is history, and no month's. */
export function leaseFor(
  { players, quota }: WriteSide,
  { player: id, imported }: { player: ReachedPlayer; imported?: true },
  count: number,
): Lease | Promise<Lease> {
  if (imported) return ALL;
  const stream = streamOf.player(id);
  const known = players.peek(stream);
  if (known) return quota.take(known.clientId, count);
  // Who cannot be read now is refused when the events are to be stored.
  return players.state(stream).then(
    ({ clientId }) => quota.take(clientId, count),
    () => ALL,
  );
}

export function quotaExceeded(now: Date): Rejection {
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
  return reject('quota_exceeded', 'the events of this month are used up: a higher tier has more', {
    retryAfterMs: next - now.getTime(),
  });
}
