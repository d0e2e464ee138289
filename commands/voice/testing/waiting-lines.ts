import type { UnderWay, Waiting, WaitingLines } from '../batches.js';

type Held = Waiting & { at: number; taken?: number | undefined; batch?: string };

const bare = ({ id, stream, revision }: Waiting): Waiting => ({ id, stream, revision });

/** Lines that wait in one process, for tests: gone with it. */
export function waitingLinesInMemory(): WaitingLines {
  const waiting = new Map<string, Held>();
  const all = () => [...waiting.values()];
  return {
    async add(line) {
      if (!waiting.has(line.id)) waiting.set(line.id, { ...line, at: performance.now() });
    },
    async take(max, afterMs) {
      const free = all().filter(({ taken }) => taken === undefined);
      if (!free.some(({ at }) => performance.now() - at >= afterMs)) return [];
      for (const line of free.slice(0, max)) line.taken = performance.now();
      return free.slice(0, max).map(bare);
    },
    async putBack(ids) {
      for (const line of all()) if (ids.includes(line.id) && line.batch === undefined) line.taken = undefined;
    },
    async asked(ids, batch) {
      for (const line of all()) if (ids.includes(line.id)) line.batch = batch;
    },
    underWay: async () => underWay(all()),
    async abandoned(afterMs) {
      const gone = all().filter(
        ({ taken, batch }) =>
          taken !== undefined && batch === undefined && performance.now() - taken >= afterMs,
      );
      return gone.map(bare);
    },
    async done(ids) {
      for (const id of ids) waiting.delete(id);
    },
  };
}

function underWay(waiting: readonly Held[]): UnderWay[] {
  const batches = new Map<string, UnderWay>();
  for (const line of waiting) {
    const { batch } = line;
    if (batch === undefined) continue;
    const { lines, ageMs } = batches.get(batch) ?? { lines: [], ageMs: 0 };
    const age = performance.now() - (line.taken ?? line.at);
    batches.set(batch, { batch, lines: [...lines, bare(line)], ageMs: Math.max(ageMs, age) });
  }
  return [...batches.values()];
}
