import { crc32 } from './crc32.js';
import { fourBytes } from './keys.js';
import { entriesOf, type Trees } from './trees.js';
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
export function checkEnds({ log, names, index }: Trees): void {
  const [last, before] = [...log.getKeys({ reverse: true, limit: 2 })].map((key) => key.readUIntBE(0, 6));
  if (before !== undefined && before >= last!) throw damaged('its last positions are out of order');
  let lastStream = 0;
  for (const key of index.getKeys({ reverse: true, limit: 1 })) lastStream = key.readUInt32BE(0);
  const streams = entriesOf(names);
  if (streams !== lastStream) throw damaged(`it has ${streams} names of ${lastStream} streams`);
  if (streams <= MAX_NAMES) checkNames(names, streams);
}

export function checkNames(names: Trees['names'], streams: number): void {
  const seen = new Uint8Array(streams + 1);
  let previous: Buffer = Buffer.alloc(0);
  let count = 0;
  for (const { key, value } of names.getRange({})) {
    const no = value.readUInt32BE(0);
    const isSound = value.length === 4 || value.equals(nameValue(key, no));
    if (!isSound || no < 1 || no > streams || seen[no] === 1 || previous.compare(key) >= 0) {
      throw damaged(`the name of stream ${no} is not what was written`);
    }
    seen[no] = 1;
    previous = key;
    count++;
  }
  if (count !== streams) throw damaged(`it has ${count} names of ${streams} streams`);
}

export const damaged = (why: string) => new EngineError('corrupt', `the log is damaged: ${why}`);
