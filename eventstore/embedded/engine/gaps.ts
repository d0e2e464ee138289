import type { Database } from 'lmdb';
import { crc32 } from './crc32.js';
import { floorKey, sixBytes } from './keys.js';
import { EngineError } from './types.js';

/**
 * What is written down of events that were scavenged: runs of positions in `gaps`, and for each stream the
 * first revision that was left (its floor) in `index`. So an event that is neither there nor accounted for is
 * damage, after scavenging as before; and the numbers of the newest events are known when they themselves are gone.
 */
export type Gap = { start: number; end: number };

type Tree = Database<Buffer, Buffer>;

/** A number under a key, with a checksum of both: nothing else would tell a flipped bit in it. */
export function checked(key: Buffer, value: number): Buffer {
  const bytes = Buffer.allocUnsafe(10);
  bytes.writeUIntBE(value, 0, 6);
  bytes.writeUInt32BE(crc32(Buffer.concat([key, bytes.subarray(0, 6)])), 6);
  return bytes;
}

/** @throws EngineError `corrupt` */
export function checkedValue(key: Buffer, bytes: Buffer): number {
  const value = bytes.length === 10 ? bytes.readUIntBE(0, 6) : -1;
  if (value >= 0 && checked(key, value).equals(bytes)) return value;
  throw new EngineError(
    'corrupt',
    'the log is damaged: what it says of scavenged events has a wrong checksum',
  );
}

export const gapOf = (key: Buffer, value: Buffer): Gap => ({
  start: key.readUIntBE(0, 6),
  end: checkedValue(key, value),
});

/** `gaps` is not there in a log of format 1 that is read as it is. */
export function gapsOf(gaps: Tree | undefined, index: Tree) {
  const before = (position: number): Gap | undefined => {
    const range = { start: sixBytes(position), reverse: true, limit: 1 };
    for (const { key, value } of gaps?.getRange(range) ?? []) return gapOf(key, value);
    return undefined;
  };
  return {
    /** The scavenged positions around this one; undefined when it is none. */
    gapAt(position: number): Gap | undefined {
      const gap = position < 1 ? undefined : before(position);
      return gap !== undefined && gap.end >= position ? gap : undefined;
    },
    lastGapEnd: () => before(2 ** 48 - 1)?.end ?? 0,
    /** The first revision of a stream that was not scavenged. */
    floor(streamNo: number): number {
      const key = floorKey(streamNo);
      const found = index.getBinary(key);
      return found === undefined ? 0 : checkedValue(key, found);
    },
  };
}

/** Positions that go, with the gaps beside them as one: what to put into `gaps`, and which of it to drop. */
export function widened(positions: number[], gapAt: (position: number) => Gap | undefined) {
  const put: Gap[] = [];
  const drop = new Set<number>();
  for (const position of [...positions].sort((a, b) => a - b)) {
    const last = put.at(-1);
    if (last !== undefined && position <= last.end) continue;
    const left = last?.end === position - 1 ? last : gapAt(position - 1);
    const right = gapAt(position + 1);
    for (const gap of [left, right]) if (gap !== undefined && gap !== last) drop.add(gap.start);
    const end = right?.end ?? position;
    if (last !== undefined && left === last) last.end = end;
    else put.push({ start: left?.start ?? position, end });
  }
  return { put, drop: [...drop] };
}
