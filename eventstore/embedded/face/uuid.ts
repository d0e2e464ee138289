import { EngineError } from '../engine/types.js';
import { eachField, type Sink } from './wire.js';

const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
const nibble = new Int8Array(256).fill(-1);
for (let i = 0; i < 16; i++) {
  nibble['0123456789abcdef'.charCodeAt(i)] = i;
  nibble['0123456789ABCDEF'.charCodeAt(i)] = i;
}
const digits = Buffer.from('0123456789abcdef');
const DASH = 45;
const DASHES = [8, 13, 18, 23];

/** 16 bytes as `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`. */
export function formatUuid(id: Uint8Array): string {
  let text = '';
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += hex[id[i]!];
  }
  return text;
}

/** The same text, of 16 bytes within others, into a buffer that is being filled. */
export function putUuid(out: Sink, bytes: Uint8Array, from: number): void {
  const { buffer } = out;
  let { at } = out;
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) buffer[at++] = DASH;
    const byte = bytes[from + i]!;
    buffer[at++] = digits[byte >>> 4]!;
    buffer[at++] = digits[byte & 15]!;
  }
  out.at = at;
}

/** @throws EngineError `invalid_argument` when it is not the text of a UUID. */
export function parseUuid(text: Uint8Array): Buffer {
  const id = Buffer.allocUnsafe(16);
  if (text.length !== 36 || DASHES.some((at) => text[at] !== 45)) throw notUuid(text);
  for (let i = 0, at = 0; i < 16; i++, at += 2) {
    if (text[at] === 45) at++;
    const high = nibble[text[at]!]!;
    const low = nibble[text[at + 1]!]!;
    if (high < 0 || low < 0) throw notUuid(text);
    id[i] = (high << 4) | low;
  }
  return id;
}

/** A UUID message of the wire: the text, or two 64 bit integers. */
export function parseUuidMessage(message: Uint8Array): Buffer {
  let id: Buffer | undefined;
  eachField(message, (field, _value, bytes) => {
    if (field === 2) id = parseUuid(bytes);
    if (field === 1) id = parseStructured(bytes);
  });
  if (id === undefined) throw notUuid(message);
  return id;
}

function parseStructured(message: Uint8Array): Buffer {
  const halves = [0n, 0n];
  for (let at = 0; at < message.length; ) {
    const half = (message[at++]! >>> 3) - 1;
    let value = 0n;
    for (let shift = 0n, more = true; more; shift += 7n) {
      const byte = message[at++] ?? 0;
      value |= BigInt(byte & 127) << shift;
      more = byte >= 128;
    }
    if (half === 0 || half === 1) halves[half] = value;
  }
  const id = Buffer.alloc(16);
  id.writeBigUInt64BE(BigInt.asUintN(64, halves[0]!), 0);
  id.writeBigUInt64BE(BigInt.asUintN(64, halves[1]!), 8);
  return id;
}

const notUuid = (text: Uint8Array) =>
  new EngineError('invalid_argument', `"${Buffer.from(text).toString().slice(0, 60)}" is not a UUID`);
