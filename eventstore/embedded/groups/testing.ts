import { decodeRecord, encodeRecord, idOf, type StoredRecord } from '../engine/record.js';
import { idBytes } from '../engine/testing.js';
import { type Entry, keyOfId, type Seat } from './entry.js';

type Described = { stream?: string; type?: string; data?: string; metadata?: string };

/** An event as it lies in the log, at a place of one's choice. */
export function recordAt(
  position: number,
  { stream = 's', type = 'Tested', ...rest }: Described = {},
): StoredRecord {
  const event = {
    id: idBytes(),
    type,
    isJson: true,
    data: Buffer.from(rest.data ?? '{}'),
    metadata: Buffer.from(rest.metadata ?? ''),
  };
  const place = { stream, position, revision: position, created: 0 };
  return decodeRecord(encodeRecord(event, place), position);
}

export const keyOfRecord = (record: StoredRecord) => keyOfId(idOf(record));

/** A consumer's seat that remembers what it was sent. */
export function seatOf(size: number, sent: Entry[] = []): Seat & { sent: Entry[] } {
  return { size, inFlight: 0, sent, send: (entry) => void sent.push(entry), drop() {} };
}
