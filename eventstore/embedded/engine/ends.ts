import { crc32 } from './crc32.js';
import { fourBytes } from './keys.js';
import type { Part } from './part.js';
import { entriesOf, lastKey, type Trees } from './trees.js';
import { EngineError } from './types.js';

/** With more streams than this their names are not gone through at each start, which may take 0.2 s. */
const MAX_NAMES = 100_000;

/** A stream's number with a checksum of it and the name; without one in what format 1 wrote. */
export const nameValue = (name: Buffer, no: number): Buffer =>
  Buffer.concat([fourBytes(no), fourBytes(crc32(Buffer.concat([name, fourBytes(no)])))]);

/**
 * What tells where to go on is found at the ends of the trees, and a name that is not found makes a new stream:
 * there damage would not be noticed by reading, so it is looked for at each start.
 * @throws EngineError `corrupt`
 */
export function checkEnds({ log, names, index }: Trees, parts: Part[]): void {
  const [last, before] = [...log.getKeys({ reverse: true, limit: 2 })].map((key) => key.readUIntBE(0, 6));
  if (before !== undefined && before >= last!) throw damaged('its last positions are out of order');
  const indexed = lastKey(index)?.readUInt32BE(0) ?? 0;
  const lastStream = Math.max(indexed, ...parts.map((part) => part.lastStreamNo()));
  const added = addedTo(names, parts);
  const streams = entriesOf(names) + added.length;
  if (streams !== lastStream) throw damaged(`it has ${streams} names of ${lastStream} streams`);
  if (streams <= MAX_NAMES) checkNames(names, added);
}

/** The streams whose names are not among them yet. */
export const addedTo = (names: Trees['names'], parts: Part[]): number[] =>
  parts.flatMap((part) =>
    [...part.names].flatMap(([name, no]) => {
      const found = names.get(Buffer.from(name))?.readUInt32BE(0);
      if (found !== undefined && found !== no) throw damaged(`stream ${no} has the name of stream ${found}`);
      return found === undefined ? [no] : [];
    }),
  );

export function checkNames(names: Trees['names'], added: number[]): void {
  const streams = entriesOf(names) + added.length;
  const seen = new Uint8Array(streams + 1);
  let previous: Buffer = Buffer.alloc(0);
  let count = 0;
  const see = (no: number, isSound: boolean) => {
    if (!isSound || no < 1 || no > streams || seen[no] === 1) {
      throw damaged(`the name of stream ${no} is not what was written`);
    }
    seen[no] = 1;
    count++;
  };
  for (const no of added) see(no, true);
  for (const { key, value } of names.getRange({})) {
    const no = value.readUInt32BE(0);
    const isItsOwn = value.length === 4 || value.equals(nameValue(key, no));
    see(no, isItsOwn && previous.compare(key) < 0);
    previous = key;
  }
  if (count !== streams) throw damaged(`it has ${count} names of ${streams} streams`);
}

export const damaged = (why: string) => new EngineError('corrupt', `the log is damaged: ${why}`);
