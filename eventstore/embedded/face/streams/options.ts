import { status } from '@grpc/grpc-js';
import type { Expectation } from '../../engine/types.js';
import { refusal } from '../errors.js';
import { text } from '../proposed.js';
import { eachField } from '../wire.js';

/** What Append, BatchAppend, Delete and Tombstone say before all else; the fields have the same numbers. */
export type WriteOptions = { stream: string; expected: Expectation; deadline?: number };

/** @throws a refusal when no stream or no expectation is named. */
export function parseWriteOptions(message: Uint8Array): WriteOptions {
  let stream: string | undefined;
  let expected: Expectation | undefined;
  let deadline: number | undefined;
  eachField(message, (field, value, bytes) => {
    if (field === 1) stream = parseIdentifier(bytes);
    else if (field === 2) expected = value;
    else if (field === 3) expected = 'no_stream';
    else if (field === 4) expected = 'any';
    else if (field === 5) expected = 'stream_exists';
    else if (field === 6) deadline = performance.now() + milliseconds(bytes) - Date.now();
    else if (field === 7) deadline = performance.now() + milliseconds(bytes);
  });
  if (stream === undefined) throw refusal(status.INVALID_ARGUMENT, 'the stream is not named');
  if (expected === undefined) throw refusal(status.INVALID_ARGUMENT, 'the expected revision is not given');
  return { stream, expected, deadline };
}

export function parseIdentifier(message: Uint8Array): string {
  let name = '';
  eachField(message, (field, _value, bytes) => {
    if (field === 3) name = text(bytes);
  });
  return name;
}

/** A google.protobuf.Timestamp in ms since the epoch, or a Duration in ms: both are seconds and nanoseconds. */
function milliseconds(message: Uint8Array): number {
  let seconds = 0;
  let nanos = 0;
  eachField(message, (field, value) => {
    if (field === 1) seconds = value;
    if (field === 2) nanos = value;
  });
  // Of a time that is over the seconds may be negative: as an unsigned number they are beyond all others.
  return seconds >= 2 ** 63 ? 0 : seconds * 1000 + Math.floor(nanos / 1e6);
}

/** The bytes of a message's only field of interest. */
export function onlyField(message: Uint8Array, wanted: number): Uint8Array {
  let found: Uint8Array = new Uint8Array(0);
  eachField(message, (field, _value, bytes) => {
    if (field === wanted) found = bytes;
  });
  return found;
}
