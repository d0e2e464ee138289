/** After the work has been told to stop, this long it is waited for what became of it. */
const GRACE_MS = 100;

/** What comes of the work in time; `null` when it does not heed its signal. */
export async function inTime<T>(ms: number, work: (within: AbortSignal) => Promise<T>): Promise<T | null> {
  const deadline = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      deadline.abort();
      timer = setTimeout(() => resolve(null), GRACE_MS);
    }, ms);
  });
  try {
    return await Promise.race([work(deadline.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
