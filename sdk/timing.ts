/** The longest pause a timer can hold; beyond it timers fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const timerMs = (ms: number): number => Math.min(Math.max(0, ms), LONGEST_TIMER_MS);

/**
 * Full jitter: anything from 0 to the doubled and capped pause, so that thousands of clients that lost the
 * same engine do not come back in the same moment. `chance` is in 0..1.
 */
export function backoffMs(
  attempt: number,
  limits: { baseMs: number; capMs: number },
  chance: number,
): number {
  return chance * Math.min(limits.capMs, limits.baseMs * 2 ** Math.min(attempt, 30));
}

/** Resolves after the time, or at once when `signal` aborts. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, timerMs(ms));
    signal.addEventListener('abort', done);
  });
}
