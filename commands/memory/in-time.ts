import type { RecallFor } from './recall-for.js';

type Terms = {
  withinMs: number;
  warn: (message: string, error: unknown) => void;
  /** Who failed is left alone so long; who was only slow, a tenth of it. */
  pauseMs?: number;
};

const PAUSE_MS = 2_000;

/** The same, never failing and never slow: what does not come in time does not come. */
export function recallInTime(recallFor: RecallFor | undefined, terms: Terms): RecallFor {
  const { withinMs, warn, pauseMs = PAUSE_MS } = terms;
  let restsUntil = 0;
  return async (ask) => {
    if (!recallFor || performance.now() < restsUntil) return [];
    const late = AbortSignal.timeout(withinMs);
    const signal = ask.signal ? AbortSignal.any([ask.signal, late]) : late;
    try {
      return await untilAborted(recallFor({ ...ask, signal }), signal);
    } catch (error) {
      // Whoever asked has gone: nobody was slow.
      if (ask.signal?.aborted) return [];
      restsUntil = performance.now() + (late.aborted ? pauseMs / 10 : pauseMs);
      // That it took longer once is nothing that anybody has to do something about.
      if (!late.aborted) warn('nothing comes to mind for a while', error);
      return [];
    }
  };
}

const untilAborted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
