import type { ProposedEvent } from '../engine/types.js';
import { missingMetadata } from './errors.js';
import { parseUuidMessage } from './uuid.js';
import { eachPlace } from './wire.js';

/** A ProposedMessage of the wire: the same fields in Append and in BatchAppend. Keeps hold of the bytes. */
export function parseProposed(message: Uint8Array): ProposedEvent {
  const bytes = asBuffer(message);
  const event = { id: none, type: '', data: none, metadata: none };
  let contentType = '';
  eachPlace(bytes, 0, bytes.length, (field, start, end) => {
    if (field === 1) event.id = parseUuidMessage(bytes.subarray(start, end));
    else if (field === 3) event.metadata = bytes.subarray(start, end);
    else if (field === 4) event.data = bytes.subarray(start, end);
    else if (field === 2) {
      const [key, value] = parseEntry(bytes, start, end);
      if (key === 'type') event.type = value;
      else if (key === 'content-type') contentType = value;
    }
  });
  if (event.type === '') throw missingMetadata('type');
  if (contentType === '') throw missingMetadata('content-type');
  return { ...event, isJson: contentType === 'application/json' };
}

const none: Uint8Array = new Uint8Array(0);

function parseEntry(bytes: Buffer, from: number, to: number): [string, string] {
  let key = '';
  let value = '';
  eachPlace(bytes, from, to, (field, start, end) => {
    if (field === 1) key = bytes.toString('utf8', start, end);
    if (field === 2) value = bytes.toString('utf8', start, end);
  });
  return [key, value];
}

/** The text of bytes that lie within a larger buffer. */
export const text = (bytes: Uint8Array) => asBuffer(bytes).toString('utf8');

const asBuffer = (bytes: Uint8Array) =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
