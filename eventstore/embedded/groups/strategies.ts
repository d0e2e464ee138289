import { LINK_TYPE } from '../engine/links.js';
import { dataOf, metadataOf, streamOf, typeOf } from '../engine/record.js';
import { type Entry, recordOf, type Seat } from './entry.js';
import type { StrategyName } from './settings.js';

/** `later`: the one who must have it has no room, others may. `full`: nobody has. */
export type Choice = Seat | 'later' | 'full';

/** Who gets an event. What is chosen is sent. */
export type Strategy = {
  join(seat: Seat): void;
  leave(seat: Seat): void;
  choose(entry: Entry): Choice;
  /** A seat is rid of an event that it was chosen for. */
  release(entry: Entry, seat: Seat): void;
};

export function strategyOf(name: StrategyName): Strategy {
  if (name === 'Pinned') return pinned(sourceOf);
  if (name === 'PinnedByCorrelation') return pinned(correlationOf);
  return inTurn(name === 'RoundRobin');
}

const hasRoom = (seat: Seat) => seat.inFlight < seat.size;

/** One after the other: for each event, or (not `always`) only when the one in turn has no room. */
function inTurn(always: boolean): Strategy {
  const seats: Seat[] = [];
  return {
    join: (seat) => void seats.push(seat),
    leave: (seat) => void seats.splice(seats.indexOf(seat), 1),
    choose() {
      for (let tries = seats.length; tries > 0; tries--) {
        const first = seats[0]!;
        const found = hasRoom(first);
        if (!found || always) seats.push(seats.shift()!);
        if (found) return first;
      }
      return 'full';
    },
    release() {},
  };
}

const BUCKETS = 1024;

type Bucket = { seat?: Seat; inFlight: number };

/**
 * What has the same source goes to the same consumer, as long as it is there. Sources are hashed into buckets,
 * and buckets given to whoever has fewest; a newcomer takes over its share, idle buckets first.
 */
function pinned(source: (entry: Entry) => string): Strategy {
  const buckets: Bucket[] = Array.from({ length: BUCKETS }, () => ({ inFlight: 0 }));
  const held = new Map<Seat, number>();
  const bucketOf = (entry: Entry): Bucket => {
    entry.bucket ??= hash(source(entry)) % BUCKETS;
    return buckets[entry.bucket]!;
  };
  const assign = (bucket: Bucket, seat: Seat) => {
    if (bucket.seat !== undefined) held.set(bucket.seat, held.get(bucket.seat)! - 1);
    bucket.seat = seat;
    held.set(seat, held.get(seat)! + 1);
  };
  return {
    join(newcomer) {
      held.set(newcomer, 0);
      const assigned = buckets.filter((bucket) => bucket.seat !== undefined);
      const share = Math.ceil(assigned.length / held.size);
      assigned.sort((a, b) => a.inFlight - b.inFlight);
      for (const bucket of assigned) if (held.get(bucket.seat!)! > share) assign(bucket, newcomer);
    },
    leave(seat) {
      held.delete(seat);
      for (const bucket of buckets) {
        if (bucket.seat !== seat) continue;
        bucket.seat = undefined;
        bucket.inFlight = 0;
      }
    },
    choose(entry) {
      if (!anyRoom(held)) return 'full';
      const bucket = bucketOf(entry);
      if (bucket.seat === undefined) assign(bucket, fewest(held));
      if (!hasRoom(bucket.seat!)) return 'later';
      bucket.inFlight++;
      return bucket.seat!;
    },
    release(entry, seat) {
      const bucket = bucketOf(entry);
      if (bucket.seat === seat) bucket.inFlight = Math.max(0, bucket.inFlight - 1);
    },
  };
}

function anyRoom(held: Map<Seat, number>): boolean {
  for (const seat of held.keys()) if (hasRoom(seat)) return true;
  return false;
}

function fewest(held: Map<Seat, number>): Seat {
  let found: Seat | undefined;
  for (const [seat, count] of held) if (found === undefined || count < held.get(found)!) found = seat;
  return found!;
}

/** The stream that an event is of; for a link, that of what it leads to, also when that is gone. */
export function sourceOf(entry: Entry): string {
  const record = entry.event ?? recordOf(entry);
  if (typeOf(record) !== LINK_TYPE) return streamOf(record);
  const data = dataOf(record).toString();
  return data.slice(data.indexOf('@') + 1);
}

export function correlationOf(entry: Entry): string {
  try {
    const metadata: unknown = JSON.parse(metadataOf(entry.event ?? recordOf(entry)).toString());
    const id = (metadata as { $correlationId?: unknown } | null)?.$correlationId;
    if (typeof id === 'string') return id;
  } catch {
    // Metadata need not be JSON.
  }
  return sourceOf(entry);
}

/** FNV-1a over UTF-16, then mixed: names that differ in their last digit only must not lie side by side. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
