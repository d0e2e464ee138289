import { randomUUID } from 'node:crypto';
import { type Catalog, catalogOf } from './catalog.js';
import { widened } from './gaps.js';
import { type Reader, readerOf } from './reader.js';
import { idOf } from './record.js';
import type { Removal, Store } from './store.js';
import { EngineError } from './types.js';
import type { Writer } from './writer.js';

/** `events` and `bytes` are what was removed; `streams` how many were looked at. */
export type Scavenged = { outcome: 'completed' | 'stopped'; events: number; bytes: number; streams: number };

export type Scavenge = {
  id: string;
  /** @throws EngineError when the log is damaged or the disk fails; what was removed until then stays so. */
  result: Promise<Scavenged>;
  /** What is under way is finished; then `result` says `stopped`. */
  stop(): void;
};

/** What one transaction takes, so that no append waits long for it. */
const MAX_EVENTS = 512;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_STREAMS = 256;

export type Ground = { store: Store; catalog: Catalog; writer: Writer; now(): number; onRemoval(): void };

/**
 * Removes what can no longer be read, in many small transactions between the commits of appends. Each leaves the
 * log whole: one that is killed has only done less, and the next one goes on with what is left.
 */
export function scavengerOf(ground: Ground) {
  let running: Scavenge | undefined;
  return {
    /** The scavenge that runs; undefined when none does. */
    scavenging: () => running,
    /** Starts one, unless one is running: then that is answered. */
    scavenge(): Scavenge {
      if (running !== undefined) return running;
      let stopped = false;
      const result = walk(ground, () => stopped).finally(() => {
        running = undefined;
      });
      result.catch(() => {});
      const stop = () => {
        stopped = true;
      };
      running = { id: randomUUID(), result, stop };
      return running;
    },
  };
}

async function walk(ground: Ground, stopped: () => boolean): Promise<Scavenged> {
  const sum = { events: 0, bytes: 0, streams: 0 };
  ground.store.forgetDeadReaders();
  let place: Place | undefined = { after: '' };
  while (place !== undefined && !stopped()) {
    const from: Place = place;
    const step: Step | undefined = await ground.writer
      .between(() => takeStep(ground, from))
      .catch((error: unknown) => {
        if (error instanceof EngineError && error.kind === 'unavailable') return undefined;
        throw error;
      });
    if (step === undefined) return { outcome: 'stopped', ...sum };
    sum.events += step.events;
    sum.bytes += step.bytes;
    sum.streams += step.streams;
    place = step.next;
    // A turn of the loop for those who read.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { outcome: place === undefined ? 'completed' : 'stopped', ...sum };
}

/** Names up to this one are done. */
type Place = { after: string };
type Step = { events: number; bytes: number; streams: number; next?: Place };
type Draft = { removal: Omit<Removal, 'gaps'>; touched: string[]; bytes: number };

/** Decides on what is on the disk at this moment, and removes it: nothing can come between. */
async function takeStep({ store, catalog, writer, now, onRemoval }: Ground, { after }: Place): Promise<Step> {
  const draft: Draft = { removal: { positions: [], entries: [], floors: [] }, touched: [], bytes: 0 };
  // A catalog of its own, so that walking over all streams does not drive those in use out of memory.
  const reader = readerOf(store, catalogOf(store, 4 * MAX_STREAMS), { now, committed: writer.committed });
  const names = store.streamsAfter(after, MAX_STREAMS);
  let done = 0;
  let name = after;
  for (; done < names.length && hasRoom(draft); done++) {
    const whole = takeStream(reader, names[done]!.name, draft);
    if (!whole) break;
    name = names[done]!.name;
  }
  const { removal, touched, bytes } = draft;
  if (removal.floors.length > 0) {
    await store.remove({ ...removal, gaps: widened(removal.positions, store.gapAt) });
    touched.forEach(catalog.scavenged);
    onRemoval();
  }
  const more = done < names.length || names.length === MAX_STREAMS;
  return { events: removal.positions.length, bytes, streams: done, next: more ? { after: name } : undefined };
}

const hasRoom = ({ removal, bytes }: Draft) => removal.positions.length < MAX_EVENTS && bytes < MAX_BYTES;

/** Takes what is out of sight of one stream; false when there was not room for all of it. */
function takeStream(reader: Reader, stream: string, draft: Draft): boolean {
  const { no, floor, visible } = reader.outOfSight(stream);
  let revision = floor;
  for (; revision < visible && hasRoom(draft); revision++) {
    const record = reader.recordIn(stream, no, revision);
    draft.removal.positions.push(record.position);
    draft.removal.entries.push({ streamNo: no, revision, id: idOf(record) });
    draft.bytes += record.bytes.length;
  }
  if (revision > floor) {
    draft.removal.floors.push({ streamNo: no, floor: revision });
    draft.touched.push(stream);
  }
  return revision >= visible;
}
