import { type Fingerprint, fingerprintOf } from './fingerprint.js';
import { gapsOf } from './gaps.js';
import { idKey, revisionKey, sixBytes, TOMBSTONE } from './keys.js';
import { type Mover, moverOf, PACE, type Pace } from './mover.js';
import { newPart, type Part } from './part.js';
import { type Recent, recentOf } from './recent.js';
import { corrupt, decodeRecord, idOf, type StoredRecord } from './record.js';
import { readState } from './state.js';
import { headIn } from './stream-end.js';
import { readTail } from './tail.js';
import { entriesOf, lastKey, type Trees } from './trees.js';
import { EngineError } from './types.js';

export type Indexed = Pick<Mover, 'parts' | 'runs' | 'idRuns' | 'oldStreams'>;

/** The index: what of it is in memory, and what moves that into the trees. @throws EngineError `corrupt` */
export function moverOn(trees: Trees, pace: Pace = PACE): Mover {
  const state = readState(trees);
  const part = newPart();
  if (trees.tail !== undefined) readTail(trees.tail, state.moved, part);
  const { floor } = gapsOf(trees.gaps, trees.index);
  const last = lastIn(trees);
  if (last !== Math.max(state.moved, part.last())) {
    throw new EngineError('corrupt', `the log is damaged: it ends at position ${last}, its index does not`);
  }
  if (trees.gaps !== undefined && entriesOf(trees.gaps) > 0) {
    for (const no of part.streams.keys()) part.scavenged(no, floor(no));
  }
  return moverOf(trees, { state, part }, pace);
}

/** The last position that the trees know of, whether its event is still there or not. */
export const lastIn = ({ log, gaps, index }: Trees): number =>
  Math.max(lastKey(log)?.readUIntBE(0, 6) ?? 0, gapsOf(gaps, index).lastGapEnd());

export type Reading = ReturnType<typeof readingOf>;

/** `recent` is what of the log is not in the trees yet. */
export function readingOf(
  { log, names, index, gaps }: Trees,
  indexed: Indexed,
  recent: Pick<Recent, 'at' | 'newest'> = recentOf(),
) {
  const accounted = gapsOf(gaps, index);
  const among = <T>(ask: (part: Part) => T | undefined) => firstAmong(indexed.parts(), ask);
  const placeOf = (streamNo: number, revision: number) =>
    among((part) => part.positionOf(streamNo, revision)) ??
    index.getBinary(revisionKey(streamNo, revision))?.readUIntBE(0, 6);
  const find = (position: number) => {
    const bytes = recent.at(position) ?? log.getBinary(sixBytes(position));
    return bytes === undefined ? undefined : decodeRecord(bytes, position);
  };
  const record = (position: number): StoredRecord => {
    const found = find(position);
    if (found === undefined) throw corrupt(position, 'it is missing');
    return found;
  };
  const newest = () => recent.newest() || (lastKey(log)?.readUIntBE(0, 6) ?? 0);
  return {
    gapAt: accounted.gapAt,
    floor: accounted.floor,
    newest,
    lastPosition: () => Math.max(newest(), accounted.lastGapEnd()),
    streamsAfter: (name: string, max: number) => streamsAfter({ names, parts: indexed.parts() }, name, max),
    lastStreamNo: () =>
      Math.max(lastKey(index)?.readUInt32BE(0) ?? 0, ...indexed.parts().map((part) => part.lastStreamNo())),
    streamNo: (name: string) =>
      among((part) => part.names.get(name)) ?? names.get(Buffer.from(name))?.readUInt32BE(0) ?? 0,
    head(streamNo: number) {
      const tombstoned = among((part) => part.tombstones.has(streamNo) || undefined) ?? false;
      const revision = among((part) => part.head(streamNo));
      const hasTombstone = tombstoned || index.doesExist(revisionKey(streamNo, TOMBSTONE));
      if (revision !== undefined) return { revision, tombstoned: hasTombstone };
      const end = { floor: accounted.floor(streamNo), isOld: streamNo <= indexed.oldStreams, tombstoned };
      return headIn(index, streamNo, end);
    },
    positionOf(streamNo: number, revision: number) {
      const found = placeOf(streamNo, revision);
      if (found === undefined) throw new EngineError('corrupt', missing(streamNo, revision));
      return found;
    },
    revisionOf(streamNo: number, id: Uint8Array) {
      // The id of an event that was scavenged may still lie in a run, and leads nowhere.
      const isRight = (revision: number) => {
        const place = placeOf(streamNo, revision);
        return place !== undefined && idOf(record(place)).equals(id);
      };
      const found = revisionByPrint(indexed, fingerprintOf(streamNo, id), isRight);
      if (found >= 0 || streamNo > indexed.oldStreams) return found;
      return index.getBinary(idKey(streamNo, id))?.readUIntBE(0, 6) ?? -1;
    },
    find,
    record,
  };
}

function revisionByPrint(indexed: Indexed, print: Fingerprint, isRight: (revision: number) => boolean) {
  for (const part of indexed.parts()) {
    const found = part.find(print, isRight);
    if (found >= 0) return found;
  }
  return indexed.idRuns.find(indexed.runs(), print, isRight);
}

function firstAmong<T>(parts: Part[], ask: (part: Part) => T | undefined): T | undefined {
  for (const part of parts) {
    const answer = ask(part);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Those of the trees and those that are not there yet, of which some may be in both. */
function streamsAfter({ names, parts }: { names: Trees['names']; parts: Part[] }, name: string, max: number) {
  const start = Buffer.from(`${name}\0`);
  const found = [...names.getRange({ start, limit: max })].map(({ key, value }) => ({
    key,
    name: key.toString(),
    no: value.readUInt32BE(0),
  }));
  const known = new Set(found.map(({ no }) => no));
  for (const part of parts) {
    const sorted = part.sortedNames();
    let from = 0;
    for (let to = sorted.length; from < to; ) {
      const middle = (from + to) >>> 1;
      if (sorted[middle]!.key.compare(start) < 0) from = middle + 1;
      else to = middle;
    }
    for (const stream of sorted.slice(from, from + max)) if (!known.has(stream.no)) found.push(stream);
  }
  found.sort((a, b) => a.key.compare(b.key));
  return found.slice(0, max).map(({ name, no }) => ({ name, no }));
}

const missing = (no: number, revision: number) =>
  `the log is damaged: revision ${revision} of stream ${no} is missing from its index`;

/** Whatever a read stumbles over is damage, said in one line. */
export function guarded<T extends Record<string, (...args: never[]) => unknown>>(calls: T, what: string): T {
  const guard =
    (call: (...args: never[]) => unknown) =>
    (...args: never[]) => {
      try {
        return call(...args);
      } catch (error) {
        throw damage(error, what);
      }
    };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, guard(call)])) as T;
}

function damage(error: unknown, what: string): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError('corrupt', `${what} is damaged: ${(error as Error).message.split('\n')[0]}`);
}
