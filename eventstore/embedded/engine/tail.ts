import { fingerprintOf } from './fingerprint.js';
import { sixBytes } from './keys.js';
import type { Entry, Part } from './part.js';
import type { Write } from './store.js';
import { sealed, type Tree, unsealed } from './trees.js';
import { EngineError } from './types.js';

/**
 * What a commit adds to the index, as one value under its first position: for each event u32 stream number, f64
 * revision, u32 and u32 fingerprint, little endian; then the new streams, each u32 number, u16 length and name.
 */
export type Indexed = { entries: Entry[]; names: [string, number][] };

const ENTRY = 20;

export function indexed(writes: Write[]): Indexed {
  const entries = writes.map(({ position, streamNo, revision, id }) => {
    const { high, low } = fingerprintOf(streamNo, id);
    return { position, streamNo, revision, high, low };
  });
  const names = writes.flatMap(({ newStream, streamNo }): [string, number][] =>
    newStream === undefined ? [] : [[newStream, streamNo]],
  );
  return { entries, names };
}

export function tailValue({ entries, names }: Indexed): Buffer {
  const head = Buffer.allocUnsafe(4 + entries.length * ENTRY);
  head.writeUInt32LE(entries.length, 0);
  let at = 4;
  for (const { streamNo, revision, high, low } of entries) {
    head.writeUInt32LE(streamNo, at);
    head.writeDoubleLE(revision, at + 4);
    head.writeUInt32LE(high, at + 12);
    head.writeUInt32LE(low, at + 16);
    at += ENTRY;
  }
  const named = names.flatMap(([name, no]) => {
    const text = Buffer.from(name);
    const lengths = Buffer.allocUnsafe(6);
    lengths.writeUInt32LE(no, 0);
    lengths.writeUInt16LE(text.length, 4);
    return [lengths, text];
  });
  return sealed(Buffer.concat([head, ...named]));
}

/** Everything that the trees do not hold yet. @throws EngineError `corrupt` */
export function readTail(tail: Tree, moved: number, part: Part): void {
  let next = moved + 1;
  for (const { key, value } of tail.getRange({ start: sixBytes(next) })) {
    const position = key.readUIntBE(0, 6);
    if (position !== next) throw lost(next);
    next += readTailValue(value, position, part);
  }
}

/** Returns of how many events it was. @throws EngineError `corrupt` */
export function readTailValue(value: Buffer, position: number, part: Part): number {
  const bytes = unsealed(value, `the index from position ${position} on`);
  const count = bytes.readUInt32LE(0);
  let at = 4;
  for (let nth = 0; nth < count; nth++, at += ENTRY) {
    part.add({
      position: position + nth,
      streamNo: bytes.readUInt32LE(at),
      revision: bytes.readDoubleLE(at + 4),
      high: bytes.readUInt32LE(at + 12),
      low: bytes.readUInt32LE(at + 16),
    });
  }
  while (at < bytes.length) {
    const end = at + 6 + bytes.readUInt16LE(at + 4);
    part.names.set(bytes.toString('utf8', at + 6, end), bytes.readUInt32LE(at));
    at = end;
  }
  return count;
}

const lost = (position: number) =>
  new EngineError('corrupt', `the log is damaged: the index from position ${position} on is missing`);

export const addTo = (part: Part, { entries, names }: Indexed): void => {
  for (const entry of entries) part.add(entry);
  for (const [name, no] of names) part.names.set(name, no);
};
