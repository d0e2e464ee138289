import type { Fingerprint } from './fingerprint.js';
import { TOMBSTONE } from './keys.js';

/**
 * The index of the newest events, in memory: where each stream goes on, and which ids it was given. Events
 * come in the order of their positions, and of their revisions within a stream.
 */
export type Part = ReturnType<typeof newPart>;

/** What is indexed of an event. A tombstone has the revision -1, and no id to be known by. */
export type Entry = { position: number; streamNo: number; revision: number } & Fingerprint;
export type Run = { first: number; positions: number[] };

/** Of one id four numbers: high, low, and the revision's lower and upper half. */
const WORDS = 4;
const FIRST_ROOM = 1024;

export function newPart() {
  const streams = new Map<number, Run>();
  const tombstones = new Map<number, number>();
  const floors = new Map<number, number>();
  const names = new Map<string, number>();
  let sorted: { key: Buffer; name: string; no: number }[] = [];
  const ids = idTable();
  let last = 0;
  let highest = 0;
  return {
    streams,
    tombstones,
    names,
    /** The names in the order of the trees. */
    sortedNames() {
      if (sorted.length !== names.size) {
        sorted = [...names].map(([name, no]) => ({ key: Buffer.from(name), name, no }));
        sorted.sort((a, b) => a.key.compare(b.key));
      }
      return sorted;
    },
    /** What is before this revision was scavenged. */
    scavenged(streamNo: number, floor: number): void {
      if (streams.has(streamNo)) floors.set(streamNo, floor);
    },
    floor: (streamNo: number) => floors.get(streamNo) ?? 0,
    ids: ids.words,
    find: ids.find,
    /** How many events. */
    count: () => ids.count() + tombstones.size,
    /** The position of the newest. */
    last: () => last,
    lastStreamNo: () => highest,
    add(entry: Entry): void {
      last = entry.position;
      highest = Math.max(highest, entry.streamNo);
      if (entry.revision < 0) return void tombstones.set(entry.streamNo, last);
      const run = streams.get(entry.streamNo);
      if (run === undefined) streams.set(entry.streamNo, { first: entry.revision, positions: [last] });
      else run.positions.push(last);
      ids.add(entry);
    },
    positionOf(streamNo: number, revision: number): number | undefined {
      if (revision === TOMBSTONE) return tombstones.get(streamNo);
      const run = streams.get(streamNo);
      if (run === undefined || revision < (floors.get(streamNo) ?? 0)) return undefined;
      return run.positions[revision - run.first];
    },
    head(streamNo: number): number | undefined {
      const run = streams.get(streamNo);
      return run && run.first + run.positions.length - 1;
    },
  };
}

/** Open addressing by `low`: `table` holds one more than the place among the entries, 0 where there is none. */
function idTable() {
  let room = FIRST_ROOM;
  let entries = new Uint32Array(room * WORDS);
  let table = new Uint32Array(room * 2);
  let count = 0;

  function place(entry: number): void {
    const mask = table.length - 1;
    let at = entries[entry * WORDS + 1]! & mask;
    while (table[at] !== 0) at = (at + 1) & mask;
    table[at] = entry + 1;
  }

  function grow(): void {
    room *= 2;
    const before = entries;
    entries = new Uint32Array(room * WORDS);
    entries.set(before);
    table = new Uint32Array(room * 2);
    for (let entry = 0; entry < count; entry++) place(entry);
  }

  return {
    count: () => count,
    words: () => entries.subarray(0, count * WORDS),
    add({ high, low, revision }: Entry): void {
      if (count === room) grow();
      entries.set([high, low, revision >>> 0, Math.floor(revision / 2 ** 32)], count * WORDS);
      place(count++);
    },
    /** The first revision under this fingerprint that is the right one; -1 when none is. */
    find({ high, low }: Fingerprint, isRight: (revision: number) => boolean): number {
      const mask = table.length - 1;
      for (let at = low & mask; table[at] !== 0; at = (at + 1) & mask) {
        const entry = (table[at]! - 1) * WORDS;
        if (entries[entry] !== high || entries[entry + 1] !== low) continue;
        const revision = entries[entry + 2]! + entries[entry + 3]! * 2 ** 32;
        if (isRight(revision)) return revision;
      }
      return -1;
    },
  };
}
