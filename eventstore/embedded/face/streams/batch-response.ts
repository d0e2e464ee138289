import { status } from '@grpc/grpc-js';
import type { Message } from 'google-protobuf';
import { EngineError, type Expectation, MAX_APPEND_SIZE, type WriteOutcome } from '../../engine/types.js';
import { refusalOf } from '../errors.js';
import { Any, Empty, status as rpc, shared } from '../stubs.js';
import { bytesSize, numberSize, putBytes, putHead, putNumber, type Sink, sink } from '../wire.js';
import type { WriteOptions } from './options.js';

/**
 * A BatchAppendResp. `correlation` is the caller's UUID message, given back byte for byte; `error` is a whole
 * google.rpc.Status. By hand, because there is one for each append.
 */
export type BatchAnswer = { correlation: Uint8Array; options?: WriteOptions };

export function batchResponse(answer: BatchAnswer, outcome: WriteOutcome): Buffer {
  if (outcome.outcome !== 'written') return batchError(answer, outcomeStatus(answer.options!, outcome));
  const { revision, position } = outcome;
  const at = position === 0 ? 0 : 2 * numberSize(position);
  const size = (revision < 0 ? 2 : numberSize(revision)) + (position === 0 ? 2 : bytesSize(at));
  const out = start(answer, bytesSize(size));
  putHead(out, 3, size);
  if (revision < 0) putHead(out, 2, 0);
  else putNumber(out, 1, revision);
  if (position === 0) putHead(out, 4, 0);
  else {
    putHead(out, 3, at);
    putNumber(out, 1, position);
    putNumber(out, 2, position);
  }
  return finish(out, answer);
}

export function batchFailure(answer: BatchAnswer, error: unknown): Buffer {
  return batchError(answer, failureStatus(error));
}

function batchError(answer: BatchAnswer, rpcStatus: Uint8Array): Buffer {
  const out = start(answer, bytesSize(rpcStatus.length));
  putBytes(out, 2, rpcStatus);
  return finish(out, answer);
}

function start({ correlation, options }: BatchAnswer, result: number): Sink {
  const name = Buffer.byteLength(options?.stream ?? '');
  const size = bytesSize(correlation.length) + result + bytesSize(bytesSize(name)) + 12;
  const out = sink(size);
  putBytes(out, 1, correlation);
  return out;
}

/** The stream and what was expected of it, as every answer repeats them. */
function finish(out: Sink, { options }: BatchAnswer): Buffer {
  const name = Buffer.from(options?.stream ?? '');
  putHead(out, 4, bytesSize(name.length));
  putBytes(out, 3, name);
  if (options !== undefined) {
    if (typeof options.expected === 'number') putNumber(out, 5, options.expected);
    else putHead(out, { no_stream: 6, any: 7, stream_exists: 8 }[options.expected], 0);
  }
  return out.buffer.subarray(0, out.at);
}

function outcomeStatus(options: WriteOptions, outcome: WriteOutcome): Uint8Array {
  if (outcome.outcome === 'wrong_expected_version') {
    const detail = wrongExpectedVersion(options.expected, outcome.current);
    return statusOf(status.ALREADY_EXISTS, 'WrongExpectedVersion', ['WrongExpectedVersion', detail]);
  }
  if (outcome.outcome === 'stream_deleted') {
    const identifier = new shared.StreamIdentifier();
    identifier.setStreamName(Uint8Array.from(Buffer.from(options.stream)));
    const detail = new shared.StreamDeleted().setStreamIdentifier(identifier);
    return statusOf(status.NOT_FOUND, 'StreamDeleted', ['StreamDeleted', detail]);
  }
  return timeout();
}

const timeout = () => statusOf(status.DEADLINE_EXCEEDED, 'Timeout', ['Timeout', new shared.Timeout()]);

function failureStatus(error: unknown): Uint8Array {
  const { code, details } = refusalOf(error);
  if (error instanceof EngineError && error.kind === 'append_too_large') {
    const detail = new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_SIZE);
    return statusOf(code, 'MaximumAppendSizeExceeded', ['MaximumAppendSizeExceeded', detail]);
  }
  if (code === status.PERMISSION_DENIED) {
    return statusOf(code, 'AccessDenied', ['AccessDenied', new shared.AccessDenied()]);
  }
  if (code === status.DEADLINE_EXCEEDED) return timeout();
  if (code === status.INVALID_ARGUMENT) {
    return statusOf(code, 'BadRequest', ['BadRequest', new shared.BadRequest().setMessage(details)]);
  }
  return statusOf(code, details, ['Unknown', new shared.Unknown()]);
}

function statusOf(code: number, message: string, [name, detail]: [string, Message]): Uint8Array {
  const any = new Any();
  any.pack(detail.serializeBinary(), `event_store.client.${name}`);
  const result = new rpc.Status();
  result.setCode(code);
  result.setMessage(message);
  result.setDetails(any);
  return result.serializeBinary();
}

function wrongExpectedVersion(expected: Expectation, current: number): Message {
  const message = new shared.WrongExpectedVersion();
  const empty = new Empty();
  if (current < 0) message.setCurrentNoStream(empty);
  else message.setCurrentStreamRevision(String(current));
  if (expected === 'any') message.setExpectedAny(empty);
  else if (expected === 'stream_exists') message.setExpectedStreamExists(empty);
  else if (expected === 'no_stream') message.setExpectedNoStream(empty);
  else message.setExpectedStreamPosition(String(expected));
  return message;
}
