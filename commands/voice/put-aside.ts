import type { LogEventData } from '../../domain/events/log-events.js';
import type { LineFailure } from '../../domain/voice/outcome.js';
import type { Reservation, Reserved } from './accounts.js';
import { type LineTask, type Order, reservationFor } from './order.js';
import type { VoiceParts } from './voices.js';

/** Why a line is not to be asked for, and what is gone all the same. */
type Refused = { reason: LineFailure; cost: number };

export type Requested = (data: LogEventData<'LineRequested'>) => Promise<void>;
type Parts = Pick<VoiceParts, 'writer' | 'accounts' | 'now' | 'warn'>;

/** Puts the money aside and says so in the log; or why the line is not to be asked for. */
export async function putAside(
  parts: Parts,
  task: LineTask,
  { order, requested, batch = false }: { order: Order; requested: Requested; batch?: boolean },
): Promise<Refused | null> {
  const { writer, now } = parts;
  if (!writer) return { reason: 'no_writer', cost: 0 };
  if (writer.health().breaker === 'open') return { reason: 'breaker_open', cost: 0 };
  const reservation = reservationFor(task, order, { now: now(), batch });
  const reserved = await reservedInTime(parts, reservation, task.signal);
  // Somebody put it aside and went away: it is gone.
  if (reserved === 'known') return { reason: 'interrupted', cost: reservation.amount };
  if (reserved !== 'granted') return { reason: reserved, cost: 0 };
  const { actionId, asks } = task.acted;
  const { scene, fallback } = asks;
  const { day, amount } = reservation;
  const { model, mark: promptHash, uses, origins } = order;
  await requested({
    ...{ actionId, scene, model, fallback, day },
    promptHash,
    reserved: amount,
    ...(batch && { batch }),
    ...(uses.length > 0 && { memories: [...uses] }),
    ...(origins.length > 0 && { origins: [...origins] }),
  });
  return null;
}

/** Nobody waits for accounts longer than for the line: what they grant after that is given back. */
async function reservedInTime(
  { accounts, warn }: Pick<Parts, 'accounts' | 'warn'>,
  reservation: Reservation,
  signal: AbortSignal,
): Promise<Reserved | 'no_accounts' | 'too_late'> {
  const asked = accounts.reserve(reservation).catch(() => 'no_accounts' as const);
  const answer = await Promise.race([asked, aborted(signal)]);
  if (answer === 'too_late')
    asked
      .then((reserved) => (reserved === 'granted' ? accounts.settle(reservation.id, 0) : undefined))
      .catch((error) => warn('a line is not settled', error));
  return answer;
}

const aborted = (signal: AbortSignal): Promise<'too_late'> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('too_late');
    else signal.addEventListener('abort', () => resolve('too_late'), { once: true });
  });
