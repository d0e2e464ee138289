/**
 * Just enough of the protobuf encoding for the messages that carry events: one for each event, so the
 * generated classes would cost more than all the rest. Integers are safe integers (below 2^53).
 */

/** Calls back for each field: `bytes` for length-delimited ones, `number` for varints. Others are skipped. */
export function eachField(
  buffer: Uint8Array,
  field: (number: number, value: number, bytes: Uint8Array) => void,
): void {
  const take: TakePlace = (number, start, end, value) =>
    field(number, value, end < 0 ? nothing : buffer.subarray(start, end));
  eachPlace(buffer, 0, buffer.length, take);
}

/** The same without a buffer for each field: where its bytes lie. A varint has its value, and the end -1. */
export type TakePlace = (number: number, start: number, end: number, value: number) => void;

// Four parameters and no object: it is called for each part of each event.
export function eachPlace(buffer: Uint8Array, from: number, to: number, take: TakePlace): void {
  const reader = { buffer, at: from };
  while (reader.at < to) {
    const tag = readVarint(reader);
    const kind = tag & 7;
    if (kind === 0) take(tag >>> 3, 0, -1, readVarint(reader));
    else if (kind === 2) {
      const length = readVarint(reader);
      if (reader.at + length > to) throw new Error('a protobuf field ends too early');
      reader.at += length;
      take(tag >>> 3, reader.at - length, reader.at, 0);
    } else if (kind === 1 || kind === 5) reader.at += kind === 1 ? 8 : 4;
    else throw new Error(`a protobuf field has the unknown wire type ${kind}`);
  }
  if (reader.at > to) throw new Error('a protobuf field ends too early');
}

type Reader = { buffer: Uint8Array; at: number };
const nothing = new Uint8Array(0);

function readVarint(reader: Reader): number {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < 10; i++) {
    const byte = reader.buffer[reader.at++];
    if (byte === undefined) throw new Error('a protobuf field ends too early');
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
  throw new Error('a protobuf number is too long');
}

export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

/** A buffer being filled. Field numbers must be below 16, so that each tag is one byte. */
export type Sink = { buffer: Buffer; at: number };

export const sink = (size: number): Sink => ({ buffer: Buffer.allocUnsafe(size), at: 0 });

export function putVarint(out: Sink, value: number): void {
  let rest = value;
  while (rest >= 128) {
    out.buffer[out.at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  out.buffer[out.at++] = rest;
}

export function putNumber(out: Sink, field: number, value: number): void {
  out.buffer[out.at++] = field << 3;
  putVarint(out, value);
}

/** The head of a length-delimited field: its content is put next. */
export function putHead(out: Sink, field: number, length: number): void {
  out.buffer[out.at++] = (field << 3) | 2;
  putVarint(out, length);
}

export function putBytes(out: Sink, field: number, bytes: Uint8Array): void {
  putHead(out, field, bytes.length);
  out.buffer.set(bytes, out.at);
  out.at += bytes.length;
}

/** A part of a buffer, without a buffer of its own. */
export function putSlice(
  out: Sink,
  field: number,
  { bytes, start, end }: { bytes: Buffer; start: number; end: number },
): void {
  putHead(out, field, end - start);
  out.at += bytes.copy(out.buffer, out.at, start, end);
}

export function putAscii(out: Sink, text: string): void {
  out.at += out.buffer.write(text, out.at, 'latin1');
}

export const numberSize = (value: number) => 1 + varintSize(value);
export const bytesSize = (length: number) => 1 + varintSize(length) + length;
