/** Runs so many at once; the others wait in the order they came in. */
export function turns(atOnce: number) {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return {
    async take<T>(work: () => Promise<T>): Promise<T> {
      if (free > 0) free--;
      else await new Promise<void>((begin) => waiting.push(begin));
      try {
        return await work();
      } finally {
        // A turn is handed on, so nobody who comes meanwhile takes it.
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
    waiting: () => waiting.length,
  };
}
