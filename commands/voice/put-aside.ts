import type { Reservation, Reserved } from './accounts.js';
import type { VoiceParts } from './voices.js';

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
