/** With a signal that aborts with the first of these (`AbortSignal.any` may be collected while somebody waits on it). */
export async function untilAny<T>(
  signals: readonly (AbortSignal | undefined)[],
  run: (ended: AbortSignal) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const end = () => ended.abort();
  for (const signal of signals) {
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end);
  }
  try {
    return await run(ended.signal);
  } finally {
    for (const signal of signals) signal?.removeEventListener('abort', end);
  }
}
