import type { Waiting, WaitingLines } from '../batches.js';

/** Lines that wait in one process, for tests: gone with it. */
export function waitingLinesInMemory(): WaitingLines {
  const lines = new Map<string, Waiting & { at: number; taken?: number; batch?: string }>();
  const bare = ({ id, stream, revision }: Waiting): Waiting => ({ id, stream, revision });
  const all = () => [...lines.values()];
  return {
    async add(line) {
      if (!lines.has(line.id)) lines.set(line.id, { ...line, at: performance.now() });
    },
    async take(max, afterMs) {
      const free = all().filter(({ taken }) => taken === undefined);
      if (!free.some(({ at }) => performance.now() - at >= afterMs)) return [];
      for (const line of free.slice(0, max)) line.taken = performance.now();
      return free.slice(0, max).map(bare);
    },
    async asked(ids, batch) {
      for (const id of ids) lines.get(id)!.batch = batch;
    },
    async underWay() {
      const batches = new Map<string, Waiting[]>();
      for (const line of all())
        if (line.batch !== undefined)
          batches.set(line.batch, [...(batches.get(line.batch) ?? []), bare(line)]);
      return [...batches].map(([batch, of]) => ({ batch, lines: of }));
    },
    async abandoned(afterMs) {
      const gone = all().filter(
        ({ taken, batch }) =>
          taken !== undefined && batch === undefined && performance.now() - taken >= afterMs,
      );
      return gone.map(bare);
    },
    async done(ids) {
      for (const id of ids) lines.delete(id);
    },
  };
}
