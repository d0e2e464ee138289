import type { ProposedEvent } from '../engine/types.js';
import { missingMetadata } from './errors.js';
import { parseUuidMessage } from './uuid.js';
import { eachField } from './wire.js';

/** A ProposedMessage of the wire: the same fields in Append and in BatchAppend. Keeps hold of the bytes. */
export function parseProposed(message: Uint8Array): ProposedEvent {
  const event = { id: none, type: '', data: none, metadata: none };
  let contentType = '';
  eachField(message, (field, _value, bytes) => {
    if (field === 1) event.id = parseUuidMessage(bytes);
    else if (field === 3) event.metadata = bytes;
    else if (field === 4) event.data = bytes;
    else if (field === 2) {
      const [key, value] = parseEntry(bytes);
      if (key === 'type') event.type = value;
      else if (key === 'content-type') contentType = value;
    }
  });
  if (event.type === '') throw missingMetadata('type');
  if (contentType === '') throw missingMetadata('content-type');
  return { ...event, isJson: contentType === 'application/json' };
}

const none: Uint8Array = new Uint8Array(0);

function parseEntry(message: Uint8Array): [string, string] {
  let key = '';
  let value = '';
  eachField(message, (field, _value, bytes) => {
    if (field === 1) key = text(bytes);
    if (field === 2) value = text(bytes);
  });
  return [key, value];
}

/** The text of bytes that lie within a larger buffer. */
export const text = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
