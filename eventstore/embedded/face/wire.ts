/**
 * Just enough of the protobuf encoding for the messages that carry events: one for each event, so the
 * generated classes would cost more than all the rest: to the node, and to who reads it. Integers are safe integers
 * (below 2^53).
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
  const fields = new Fields(buffer, from);
  while (fields.next(to)) take(fields.field, fields.start, fields.end, fields.value);
}

/** Goes from field to field of a message and of those within it, and makes nothing on its way. */
export class Fields {
  /** The field that it is at: the same as `TakePlace` is called with. */
  field = 0;
  start = 0;
  end = 0;
  value = 0;

  constructor(
    readonly buffer: Uint8Array,
    private at: number,
  ) {}

  /** On to the next field before `to`; whether there is one. */
  next(to: number): boolean {
    while (this.at < to) {
      const tag = this.varint();
      const kind = tag & 7;
      this.field = tag >>> 3;
      if (kind === 0) {
        this.value = this.varint();
        this.start = 0;
        this.end = -1;
        return true;
      }
      if (kind === 2) {
        const length = this.varint();
        this.start = this.at;
        this.end = this.at += length;
        this.value = 0;
        if (this.end > to) break;
        return true;
      }
      if (kind !== 1 && kind !== 5) throw new Error(`a protobuf field has the unknown wire type ${kind}`);
      this.at += kind === 1 ? 8 : 4;
    }
    if (this.at > to) throw new Error('a protobuf field ends too early');
    return false;
  }

  /** Into the field that it is at: `next` then goes on there, up to what is returned. */
  enter(): number {
    this.at = this.start;
    return this.end;
  }

  private varint(): number {
    const first = this.buffer[this.at]!;
    if (first < 128) {
      this.at++;
      return first;
    }
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.buffer[this.at++];
      if (byte === undefined) throw new Error('a protobuf field ends too early');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    throw new Error('a protobuf number is too long');
  }
}

const nothing = new Uint8Array(0);

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
