import { crc32 } from './crc32.js';
import { EngineError, type ProposedEvent } from './types.js';

/**
 * A record is one event as it lies in the log, little endian:
 *
 *     0 u32 CRC-32 of all that follows   4 u8 version   5 u8 flags   6 u16 length of the type
 *     8 f64 position   16 f64 revision   24 f64 created, ms since the epoch   32 16 bytes id
 *    48 u32 length of the stream's name  52 u32 length of the metadata   56 name, type, metadata, data
 *
 * It names its stream and position so that an index gone wrong cannot serve it in another's place.
 */
export type StoredRecord = {
  bytes: Buffer;
  position: number;
  /** -1 for a tombstone: its revision on the wire is the largest 64 bit integer. */
  revision: number;
  created: number;
  isJson: boolean;
  typeStart: number;
  metadataStart: number;
  dataStart: number;
};

export type RecordPlace = { stream: string; position: number; revision: number; created: number };

const VERSION = 1;
export const HEADER = 56;
export const ID_AT = 32;
const JSON_FLAG = 1;

export function encodeRecord(event: ProposedEvent, place: RecordPlace): Buffer {
  const nameLength = Buffer.byteLength(place.stream);
  const typeLength = Buffer.byteLength(event.type);
  const metadataStart = HEADER + nameLength + typeLength;
  const dataStart = metadataStart + event.metadata.length;
  const bytes = Buffer.allocUnsafe(dataStart + event.data.length);
  bytes[4] = VERSION;
  bytes[5] = event.isJson ? JSON_FLAG : 0;
  bytes.writeUInt16LE(typeLength, 6);
  bytes.writeDoubleLE(place.position, 8);
  bytes.writeDoubleLE(place.revision, 16);
  bytes.writeDoubleLE(place.created, 24);
  bytes.set(event.id, 32);
  bytes.writeUInt32LE(nameLength, 48);
  bytes.writeUInt32LE(event.metadata.length, 52);
  bytes.write(place.stream, HEADER, nameLength, 'utf8');
  bytes.write(event.type, HEADER + nameLength, typeLength, 'utf8');
  bytes.set(event.metadata, metadataStart);
  bytes.set(event.data, dataStart);
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
  return bytes;
}

/** @throws EngineError `corrupt` when the bytes are not what was written at this position. */
export function decodeRecord(bytes: Buffer, position: number): StoredRecord {
  if (bytes.length < HEADER || bytes.readUInt32LE(0) !== crc32(bytes.subarray(4))) {
    throw corrupt(position, 'its checksum is wrong');
  }
  if (bytes[4] !== VERSION) throw corrupt(position, `its record version ${bytes[4]} is unknown`);
  if (bytes.readDoubleLE(8) !== position) throw corrupt(position, `it is event ${bytes.readDoubleLE(8)}`);
  const typeStart = HEADER + bytes.readUInt32LE(48);
  const metadataStart = typeStart + bytes.readUInt16LE(6);
  return {
    bytes,
    position,
    revision: bytes.readDoubleLE(16),
    created: bytes.readDoubleLE(24),
    isJson: (bytes[5]! & JSON_FLAG) !== 0,
    typeStart,
    metadataStart,
    dataStart: metadataStart + bytes.readUInt32LE(52),
  };
}

export const corrupt = (position: number, why: string) =>
  new EngineError('corrupt', `the log is damaged at position ${position}: ${why}`);

export const streamOf = (record: StoredRecord) => record.bytes.toString('utf8', HEADER, record.typeStart);
export const typeOf = (record: StoredRecord) =>
  record.bytes.toString('utf8', record.typeStart, record.metadataStart);
export const idOf = (record: StoredRecord) => record.bytes.subarray(32, 48);
export const nameBytesOf = (record: StoredRecord) => record.bytes.subarray(HEADER, record.typeStart);
export const typeBytesOf = (record: StoredRecord) =>
  record.bytes.subarray(record.typeStart, record.metadataStart);
export const metadataOf = (record: StoredRecord) =>
  record.bytes.subarray(record.metadataStart, record.dataStart);
export const dataOf = (record: StoredRecord) => record.bytes.subarray(record.dataStart);
