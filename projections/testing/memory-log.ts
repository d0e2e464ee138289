import type {
  Batch,
  EventLog,
  FollowOptions,
  NewEvent,
  PlacedEvent,
  Position,
} from '../../eventstore/log.js';

export type MemoryLog = EventLog & {
  /** Adds events to a stream; each gets the next position. */
  tell(stream: string, ...events: NewEvent[]): PlacedEvent[];
  events: PlacedEvent[];
};

/** The port of the log over an array: what tests of those who follow it need of a log. */
export function memoryLog(): MemoryLog {
  const events: PlacedEvent[] = [];
  const revisions = new Map<string, number>();
  let wake: (() => void)[] = [];

  const tell = (stream: string, ...added: NewEvent[]): PlacedEvent[] => {
    const placed = added.map((event, index) => {
      const revision = (revisions.get(stream) ?? -1) + 1;
      revisions.set(stream, revision);
      return { ...event, stream, revision, position: events.length + index + 1 };
    });
    events.push(...placed);
    for (const resolve of wake.splice(0)) resolve();
    return placed;
  };

  const more = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      wake.push(resolve);
    });

  async function* follow(
    after: Position | 'end',
    { signal, maxBatch = 512 }: FollowOptions,
  ): AsyncGenerator<Batch> {
    let at = after === 'end' ? events.length : after;
    while (!signal.aborted) {
      if (at >= events.length) {
        await more(signal);
        continue;
      }
      // Positions count from 1, so the event after position n is the one with index n.
      const batch = events.slice(at, at + maxBatch);
      at += batch.length;
      yield { events: batch, position: at };
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return {
    events,
    tell,
    follow,
    async append(stream, added) {
      const last = tell(stream, ...added).at(-1);
      return { ok: true, revision: last?.revision ?? 0, position: last?.position ?? events.length };
    },
    async *readStream(stream) {
      yield* events.filter((event) => event.stream === stream);
    },
    keepNewest: async () => {},
    head: async () => events.length,
    close: async () => {
      wake = [];
    },
  };
}
