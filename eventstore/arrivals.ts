import type { Readable } from 'node:stream';
import { setImmediate as endOfTurn } from 'node:timers/promises';

type Arriving = {
  /** So many are held for whoever takes them; the source is held up beyond that. */
  max: number;
  signal?: AbortSignal;
};

/** What has arrived, as one batch: taking objects singly would cost a promise each. Ends when `signal` aborts. */
export async function* arrivals<T>(source: Readable, { max, signal }: Arriving): AsyncGenerator<T[]> {
  let arrived: T[] = [];
  let failure: unknown;
  let ended = false;
  let wake = () => {};
  const onArrival = (one: T) => {
    if (arrived.push(one) >= max) source.pause();
    wake();
  };
  const onEnd = () => {
    ended = true;
    wake();
  };
  source.on('data', onArrival).on('end', onEnd).on('close', onEnd);
  source.on('error', (error) => {
    failure = error;
    wake();
  });
  const onAbort = () => wake();
  signal?.addEventListener('abort', onAbort);
  try {
    while (!signal?.aborted) {
      if (arrived.length > 0) {
        const batch = arrived;
        arrived = [];
        if (source.isPaused()) source.resume();
        yield batch;
      } else if (failure) throw failure;
      else if (ended) return;
      else {
        await new Promise<void>((resolve) => (wake = resolve));
        // What came in one piece is told one by one: by the end of this turn all of it is here.
        await endOfTurn();
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    source.off('data', onArrival);
  }
}
