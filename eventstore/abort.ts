export type Linked = { signal: AbortSignal; release(): void };

/**
 * A signal that aborts as soon as one of these does; `release` lets go of them. `AbortSignal.any` is not used:
 * on Node 20 its signal can be garbage collected while somebody waits on it, and then never aborts.
 */
export function anySignal(...signals: AbortSignal[]): Linked {
  const linked = new AbortController();
  const abort = () => linked.abort();
  for (const signal of signals) {
    if (signal.aborted) linked.abort();
    else signal.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: linked.signal,
    release() {
      for (const signal of signals) signal.removeEventListener('abort', abort);
    },
  };
}
