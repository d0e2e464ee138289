import { HEADER, ID_AT, idOf, type StoredRecord } from '../engine/record.js';
import { putUuid } from './uuid.js';
import {
  bytesSize,
  numberSize,
  putAscii,
  putBytes,
  putHead,
  putNumber,
  putSlice,
  type Sink,
  sink,
  varintSize,
} from './wire.js';

/**
 * ReadResp messages by hand: field numbers are those of streams.proto, and of persistent.proto, which are the
 * same and add `retries`. `event` is missing when a link leads nowhere any more; `structured` says how the
 * reader wants ids.
 */
export type Delivered = { event?: StoredRecord; link?: StoredRecord };

export function eventResponse({ event, link }: Delivered, structured: boolean, retries?: number): Buffer {
  const eventParts = event && partsOf(event, structured);
  const linkParts = link && partsOf(link, structured);
  const position = (link ?? event)!.position;
  const inner =
    (eventParts ? bytesSize(eventParts.size) : 0) +
    (linkParts ? bytesSize(linkParts.size) : 0) +
    numberSize(position) +
    (retries === undefined ? 0 : numberSize(retries));
  const out = sink(bytesSize(inner));
  putHead(out, 1, inner);
  if (eventParts) putRecord(out, 1, eventParts);
  if (linkParts) putRecord(out, 2, linkParts);
  putNumber(out, 3, position);
  if (retries !== undefined) putNumber(out, 5, retries);
  return out.buffer;
}

/** Of a record, the sizes that must be known before it is put; `id` when it is not sent as text. */
type Parts = { record: StoredRecord; id?: Buffer; created: string; name: number; type: number; size: number };

function partsOf(record: StoredRecord, structured: boolean): Parts {
  const id = structured ? structuredId(idOf(record)) : undefined;
  const name = record.typeStart - HEADER;
  const type = record.metadataStart - record.typeStart;
  // Ticks of 100 ns since the epoch: beyond what a double counts exactly, so the zeros are text.
  const created = `${record.created}0000`;
  const size =
    bytesSize(id?.length ?? TEXT_ID) +
    bytesSize(bytesSize(name)) +
    revisionSize(record.revision) +
    2 * numberSize(record.position) +
    bytesSize(entrySize(TYPE, type)) +
    bytesSize((record.isJson ? JSON_ENTRY : BINARY_ENTRY).length) +
    bytesSize(entrySize(CREATED, created.length)) +
    bytesSize(record.dataStart - record.metadataStart) +
    bytesSize(record.bytes.length - record.dataStart);
  return { record, id, created, name, type, size };
}

function putRecord(out: Sink, field: number, { record, id, created, name, type, size }: Parts): void {
  const { bytes, typeStart, metadataStart, dataStart } = record;
  putHead(out, field, size);
  if (id !== undefined) putBytes(out, 1, id);
  else putTextId(out, record);
  putHead(out, 2, bytesSize(name));
  putSlice(out, 3, { bytes, start: HEADER, end: typeStart });
  putRevision(out, record.revision);
  putNumber(out, 4, record.position);
  putNumber(out, 5, record.position);
  putHead(out, 6, entrySize(TYPE, type));
  putBytes(out, 1, TYPE);
  putSlice(out, 2, { bytes, start: typeStart, end: metadataStart });
  putBytes(out, 6, record.isJson ? JSON_ENTRY : BINARY_ENTRY);
  putHead(out, 6, entrySize(CREATED, created.length));
  putBytes(out, 1, CREATED);
  putHead(out, 2, created.length);
  putAscii(out, created);
  putSlice(out, 7, { bytes, start: metadataStart, end: dataStart });
  putSlice(out, 8, { bytes, start: dataStart, end: bytes.length });
}

const TEXT_ID = bytesSize(36);
const TYPE = Buffer.from('type');
const CREATED = Buffer.from('created');
const entrySize = (key: Buffer, value: number) => bytesSize(key.length) + bytesSize(value);

function putTextId(out: Sink, record: StoredRecord): void {
  putHead(out, 1, TEXT_ID);
  putHead(out, 2, 36);
  putUuid(out, record.bytes, ID_AT);
}

/** A tombstone's revision is the largest signed 64 bit integer. */
const revisionSize = (revision: number) => (revision < 0 ? 10 : numberSize(revision));

function putRevision(out: Sink, revision: number): void {
  if (revision >= 0) {
    putNumber(out, 3, revision);
    return;
  }
  out.buffer[out.at++] = 3 << 3;
  for (let i = 0; i < 8; i++) out.buffer[out.at++] = 0xff;
  out.buffer[out.at++] = 0x7f;
}

function structuredId(id: Buffer): Buffer {
  const halves = [signed(id.readBigUInt64BE(0), 1), signed(id.readBigUInt64BE(8), 2)];
  const inner = Buffer.concat(halves);
  return Buffer.concat([Buffer.from([(1 << 3) | 2, inner.length]), inner]);
}

function signed(value: bigint, field: number): Buffer {
  const bytes = [field << 3];
  let rest = value;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

function mapEntry(key: string, value: Uint8Array): Buffer {
  const out = sink(bytesSize(key.length) + bytesSize(value.length));
  putHead(out, 1, key.length);
  putAscii(out, key);
  putBytes(out, 2, value);
  return out.buffer;
}

const JSON_ENTRY = mapEntry('content-type', Buffer.from('application/json'));
const BINARY_ENTRY = mapEntry('content-type', Buffer.from('application/octet-stream'));

/** Where a filtered subscription has got to. */
export function checkpointResponse(position: number): Buffer {
  const inner = 2 * numberSize(position);
  const out = sink(1 + varintSize(inner) + inner);
  putHead(out, 3, inner);
  putNumber(out, 1, position);
  putNumber(out, 2, position);
  return out.buffer;
}

export function confirmationResponse(subscriptionId: string): Buffer {
  const id = Buffer.from(subscriptionId);
  const out = sink(bytesSize(bytesSize(id.length)));
  putHead(out, 2, bytesSize(id.length));
  putBytes(out, 1, id);
  return out.buffer;
}

export function streamNotFoundResponse(stream: string): Buffer {
  const name = Buffer.from(stream);
  const identifier = bytesSize(name.length);
  const out = sink(bytesSize(bytesSize(identifier)));
  putHead(out, 4, bytesSize(identifier));
  putHead(out, 1, identifier);
  putBytes(out, 3, name);
  return out.buffer;
}

export const firstPositionResponse = (revision: number) => numberResponse(5, revision);
export const lastPositionResponse = (revision: number) => numberResponse(6, revision);

function numberResponse(field: number, value: number): Buffer {
  const out = sink(numberSize(value));
  putNumber(out, field, value);
  return out.buffer;
}

export const caughtUpResponse = Buffer.from([(8 << 3) | 2, 0]);
