import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before a further try: 25 ms doubling to `capMs`, with jitter. Ends at once when `signal` aborts. */
export async function backoff(tries: number, capMs: number, signal?: AbortSignal): Promise<void> {
  const most = Math.min(capMs, 25 * 2 ** Math.min(tries, 16));
  const wait = most / 2 + Math.random() * (most / 2);
  await sleep(wait, undefined, signal ? { signal } : {}).catch(() => undefined);
}
