import type { Readable } from 'node:stream';
import { setImmediate as endOfTurn } from 'node:timers/promises';

/** What has arrived, as one batch: taking objects singly would cost a promise each. Ends when `signal` aborts. */
export async function* arrivals<T>(source: Readable, signal: AbortSignal): AsyncGenerator<T[]> {
  let failure: unknown;
  let ended = false;
  let wake = () => {};
  const onNews = () => wake();
  const onEnd = () => {
    ended = true;
    wake();
  };
  source.on('readable', onNews);
  source.on('end', onEnd);
  source.on('close', onEnd);
  source.on('error', (error) => {
    failure = error;
    wake();
  });
  signal.addEventListener('abort', onNews);
  try {
    while (!signal.aborted) {
      const arrived: T[] = [];
      for (let next = source.read(); next; next = source.read()) arrived.push(next);
      if (arrived.length > 0) yield arrived;
      else if (failure) throw failure;
      else if (ended) return;
      else {
        await new Promise<void>((resolve) => (wake = resolve));
        // What came in one piece is told one by one: by the end of this turn all of it is here.
        await endOfTurn();
      }
    }
  } finally {
    signal.removeEventListener('abort', onNews);
  }
}
