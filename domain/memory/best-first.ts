/** One after the other, the best first; what nobody asks for is never put in order. `before` below 0: the first is better. */
export function* bestFirst<T>(found: readonly T[], before: (one: T, other: T) => number): Iterable<T> {
  const heap = [...found];
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at, before);
  while (heap.length > 0) {
    const best = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      sink(heap, 0, before);
    }
    yield best;
  }
}

/** Until it is better than both below it. */
function sink<T>(heap: T[], from: number, before: (one: T, other: T) => number): void {
  const moved = heap[from]!;
  let at = from;
  for (let below = 2 * at + 1; below < heap.length; below = 2 * at + 1) {
    if (below + 1 < heap.length && before(heap[below + 1]!, heap[below]!) < 0) below++;
    if (before(moved, heap[below]!) <= 0) break;
    heap[at] = heap[below]!;
    at = below;
  }
  heap[at] = moved;
}
