/** The answer, or `late` when there is none within `ms`. */
export function inTime<T, L>(ms: number, answer: Promise<T>, late: L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<L>((resolve) => {
    timer = setTimeout(resolve, ms, late);
  });
  return Promise.race([answer, end]).finally(() => clearTimeout(timer));
}

/** However many ask: whoever comes while an answer is sought, or within `ms` after it was found, gets the same. */
export function shared<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  let found = Number.POSITIVE_INFINITY;
  return () => {
    if (answer && performance.now() - found < ms) return answer;
    found = Number.POSITIVE_INFINITY;
    answer = ask().finally(() => {
      found = performance.now();
    });
    return answer;
  };
}
