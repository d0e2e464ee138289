import {
  type Appended,
  type EventLog,
  type Expected,
  type FollowOptions,
  isWithin,
  type NewEvent,
  type PlacedEvent,
  type Position,
  type ReadRange,
  type ReadStream,
  START,
} from '../log.js';
import { memoryGroups } from './memory-groups.js';

/** What a test does to the log: each may wait, and throw what the log shall throw. */
export type Faults = {
  beforeAppend?: (stream: string, events: NewEvent[]) => void | Promise<void>;
  /** The events are stored by then. */
  afterAppend?: (stream: string, events: NewEvent[]) => void | Promise<void>;
  beforeRead?: (stream: string) => void | Promise<void>;
};

export type MemoryLog = EventLog & {
  events: PlacedEvent[];
  /** Appends at once, as if somebody else had done it. */
  tell(stream: string, ...events: NewEvent[]): PlacedEvent[];
  /** How many appends were asked for. */
  appends: number;
  faults: Faults;
};

/** The port over an array, held to the same contract as the real one: for tests that need a log to misbehave. */
export function memoryLog(faults: Faults = {}): MemoryLog {
  const events: PlacedEvent[] = [];
  let waiting: (() => void)[] = [];
  const { news, ...groups } = memoryGroups(events);
  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve();
    news();
  };
  const { inStream, find } = streamsOf(events);
  const { of, ...givingUp } = retention(inStream);
  const log: MemoryLog = {
    ...groups,
    events,
    appends: 0,
    faults,
    tell(stream, ...added) {
      appendTo(events, { head: inStream(stream).length - 1, find, stream, added, expected: 'any' });
      wake();
      return events.slice(-added.length);
    },
    async append(stream, added, expected) {
      log.appends++;
      await log.faults.beforeAppend?.(stream, added);
      const appended = appendTo(events, {
        head: inStream(stream).length - 1,
        find,
        stream,
        added: structuredClone(added),
        expected,
      });
      wake();
      await log.faults.afterAppend?.(stream, added);
      return appended;
    },
    async *readStream(stream, { from, backwards = false, max = Number.POSITIVE_INFINITY }: ReadStream = {}) {
      await log.faults.beforeRead?.(stream);
      const all = backwards ? of(stream).reverse() : of(stream);
      const found = all.filter(({ revision }) => from === undefined || isFrom(revision, from, backwards));
      for (const event of found.slice(0, max)) yield structuredClone(event);
    },
    follow: (after, options) => follow(events, (wait) => waiting.push(wait), { after, ...options }),
    read: (after, range) => readRange(events, after, range),
    ...givingUp,
    health: () => ({ breaker: 'closed', trouble: null, underWay: 0, waiting: 0 }),
    head: async () => events.at(-1)?.position ?? START,
    async close() {
      waiting = [];
    },
  };
  return log;
}

/** What of each stream is still to be read. */
function retention(inStream: (stream: string) => PlacedEvent[]) {
  const newest = new Map<string, number>();
  const deletedUpTo = new Map<string, number>();
  return {
    of: (stream: string) =>
      inStream(stream)
        .slice(-(newest.get(stream) ?? Number.POSITIVE_INFINITY))
        .filter(({ revision }) => revision > (deletedUpTo.get(stream) ?? -1)),
    async keepNewest(stream: string, count: number) {
      newest.set(stream, count);
    },
    async deleteStream(stream: string) {
      deletedUpTo.set(stream, inStream(stream).length - 1);
    },
  };
}

const isFrom = (revision: number, from: number, backwards: boolean) =>
  backwards ? revision <= from : revision >= from;

async function* readRange(events: PlacedEvent[], after: Position, range: ReadRange) {
  const wanted = events.filter((event) => event.position > after && isWithin(event, range));
  for (let at = 0; at < wanted.length && !range.signal.aborted; at += 512) yield wanted.slice(at, at + 512);
}

/** The events of each stream, also when a test has changed the array itself since somebody last asked. */
function streamsOf(events: PlacedEvent[]): { inStream(stream: string): PlacedEvent[]; find: Find } {
  const streams = new Map<string, PlacedEvent[]>();
  const byId = new Map<string, PlacedEvent>();
  let seen = 0;
  let last: PlacedEvent | undefined;
  const inStream = (stream: string) => {
    if (events[seen - 1] !== last) {
      streams.clear();
      byId.clear();
      seen = 0;
    }
    for (; seen < events.length; seen++) {
      const event = events[seen]!;
      last = event;
      byId.set(`${event.stream} ${event.id}`, event);
      const others = streams.get(event.stream);
      if (others) others.push(event);
      else streams.set(event.stream, [event]);
    }
    return streams.get(stream) ?? [];
  };
  return { inStream, find: (stream, id) => byId.get(`${stream} ${id}`) };
}

type Find = (stream: string, id: string) => PlacedEvent | undefined;
type Append = { head: number; find: Find; stream: string; added: NewEvent[]; expected: Expected };

function appendTo(events: PlacedEvent[], { head, find, stream, added, expected }: Append): Appended {
  const known = added.flatMap(({ id }) => find(stream, id) ?? []);
  if (known.length === added.length && known.length > 0) {
    const last = known.at(-1)!;
    return { ok: true, revision: last.revision, position: last.position };
  }
  const fits =
    expected === 'any' ||
    (expected === 'no_stream' ? head < 0 : expected === 'stream_exists' ? head >= 0 : expected === head);
  // A real server looks at the first id alone: a batch that is known in its later part is stored once more.
  const isRetry = known.length > 0 && known[0]!.id === added[0]!.id;
  if (!fits || isRetry) return { ok: false, reason: 'wrong_expected_version' };
  for (const [index, event] of added.entries()) {
    events.push({ ...event, stream, revision: head + 1 + index, position: events.length + 1 });
  }
  return { ok: true, revision: head + added.length, position: events.length };
}

type Follow = FollowOptions & { after: Position | 'end' };

async function* follow(
  events: PlacedEvent[],
  onNews: (wake: () => void) => void,
  { after, signal, maxBatch = 512 }: Follow,
) {
  // Positions count from 1, so the event after position n is the one with index n.
  let at = after === 'end' ? events.length : after;
  while (!signal.aborted) {
    if (at >= events.length) {
      await new Promise<void>((resolve) => {
        const done = () => {
          signal.removeEventListener('abort', done);
          resolve();
        };
        signal.addEventListener('abort', done);
        onNews(done);
      });
      continue;
    }
    // Not copied: a test may have told data that no copy can be made of.
    const batch = events.slice(at, at + maxBatch);
    at += batch.length;
    yield { events: batch, position: at };
    await new Promise((resolve) => setImmediate(resolve));
  }
}
