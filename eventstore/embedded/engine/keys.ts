/** How the keys and the numbers of the trees lie on the disk: big endian, so that they sort as they count. */

/** The revision under which a tombstone is indexed: above any other. */
export const TOMBSTONE = 2 ** 48 - 1;

/** What the fifth byte of a key in `index` says of it. */
export const FLOOR = 0;
export const REVISION = 1;
export const EVENT_ID = 2;
export const END = 3;

export function sixBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(6);
  bytes.writeUIntBE(value, 0, 6);
  return bytes;
}

export function fourBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value, 0);
  return bytes;
}

export function revisionKey(streamNo: number, revision: number): Buffer {
  const key = Buffer.allocUnsafe(11);
  key.writeUInt32BE(streamNo, 0);
  key[4] = REVISION;
  key.writeUIntBE(revision, 5, 6);
  return key;
}

export function idKey(streamNo: number, id: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(21);
  key.writeUInt32BE(streamNo, 0);
  key[4] = EVENT_ID;
  key.set(id, 5);
  return key;
}

export const floorKey = (streamNo: number) => streamKey(streamNo, FLOOR);
export const endKey = (streamNo: number) => streamKey(streamNo, END);

function streamKey(streamNo: number, kind: number): Buffer {
  const key = Buffer.alloc(5);
  key.writeUInt32BE(streamNo, 0);
  key[4] = kind;
  return key;
}

export function blockKey(run: number, block: number): Buffer {
  const key = Buffer.allocUnsafe(8);
  key.writeUInt32BE(run, 0);
  key.writeUInt32BE(block, 4);
  return key;
}

/** An event id as the key of a map: each byte is a character. */
export const keyOf = (id: Uint8Array) =>
  (Buffer.isBuffer(id) ? id : Buffer.from(id.buffer, id.byteOffset, id.byteLength)).toString('latin1');
