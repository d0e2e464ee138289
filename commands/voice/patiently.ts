import { backoff } from '../../eventstore/backoff.js';

type Patience = { signal: AbortSignal; waits?: (error: unknown) => boolean };

/** Tries until it is done. @throws what it threw last when told to stop, and what is not to be waited for. */
export async function patiently<T>(
  work: () => Promise<T>,
  { signal, waits = () => true }: Patience,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !waits(error)) throw error;
      await backoff(tries, 2_000, signal);
    }
  }
}
