import { mostOf } from '../../domain/voice/prices.js';
import { voiceIn } from '../../domain/voice/settings.js';
import type { Reservation, Reserved } from './accounts.js';
import type { VoiceParts } from './voices.js';
import type { LineTask, Order } from './write-line.js';

/** The most that a line can cost, of the day's money. */
export function reservationFor(
  { requestId, gameId, playerId, game }: LineTask,
  { model, prompt, maxTokens }: Order,
  now: Date,
): Reservation {
  const { gameDayUsd, playerDayUsd } = voiceIn(game.config);
  const promptBytes = Buffer.byteLength(prompt.system) + Buffer.byteLength(prompt.user);
  return {
    id: requestId,
    gameId,
    playerId,
    day: now.toISOString().slice(0, 10),
    amount: mostOf(model, { promptBytes, outputTokens: maxTokens }),
    gameCap: Math.floor(gameDayUsd * 1e9),
    playerCap: Math.floor(playerDayUsd * 1e9),
  };
}

/** Nobody waits for accounts longer than for the line: what they grant after that is given back. */
export async function putAside(
  { accounts, warn }: Pick<VoiceParts, 'accounts' | 'warn'>,
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
