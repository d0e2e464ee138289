import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { EngineError, type Expectation, MAX_APPEND_SIZE } from '../engine/types.js';

/** The real server's errors: a gRPC code, and trailers that name the exception for the client. */
export type Refusal = ServiceError;

export function refusal(code: status, details: string, trailers: Record<string, string> = {}): Refusal {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, ascii(value));
  return Object.assign(new Error(details), { code, details, metadata });
}

/** Headers carry ASCII only; anything else is percent-encoded. */
const ascii = (text: string) => (/^[\x20-\x7e]*$/.test(text) ? text : encodeURIComponent(text));

export const streamDeleted = (stream: string) =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${ascii(stream)}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const wrongExpectedVersion = (stream: string, expected: Expectation, current: number) =>
  refusal(
    status.FAILED_PRECONDITION,
    `Delete failed due to WrongExpectedVersion. Stream: ${ascii(stream)}, Expected version: ${expected}, Actual version: ${current}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(numberOf(expected)),
      'actual-version': String(current),
    },
  );

export const accessDenied = () =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

const appendTooLarge = () =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${MAX_APPEND_SIZE} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(MAX_APPEND_SIZE),
  });

export const missingMetadata = (property: string) =>
  refusal(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

export const timedOut = () => refusal(status.DEADLINE_EXCEEDED, 'the deadline had passed');

/** Whatever was thrown, as the client is to see it. */
export function refusalOf(error: unknown): Refusal {
  if (isRefusal(error)) return error;
  if (!(error instanceof EngineError)) return refusal(status.INTERNAL, (error as Error).message);
  if (error.kind === 'append_too_large') return appendTooLarge();
  if (error.kind === 'invalid_argument') return refusal(status.INVALID_ARGUMENT, ascii(error.message));
  if (error.kind === 'corrupt') return refusal(status.DATA_LOSS, error.message);
  return refusal(status.UNAVAILABLE, ascii(error.message));
}

const isRefusal = (error: unknown): error is Refusal =>
  typeof error === 'object' && error !== null && 'code' in error && 'metadata' in error;

const numberOf = (expected: Expectation) =>
  typeof expected === 'number' ? expected : { any: -2, no_stream: -1, stream_exists: -4 }[expected];
