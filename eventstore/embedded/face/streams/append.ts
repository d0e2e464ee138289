import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { Engine } from '../../engine/engine.js';
import type { Expectation, ProposedEvent, WriteOutcome } from '../../engine/types.js';
import { MAX_APPEND_SIZE } from '../../engine/types.js';
import { refusal, refusalOf, streamDeleted, timedOut } from '../errors.js';
import { parseProposed } from '../proposed.js';
import { shared, streamMessages } from '../stubs.js';
import { eachField } from '../wire.js';
import { parseWriteOptions, type WriteOptions } from './options.js';

export type AppendMessage = { options?: Uint8Array; proposed?: Uint8Array };

export function parseAppendReq(bytes: Uint8Array): AppendMessage {
  const message: AppendMessage = {};
  eachField(bytes, (field, _value, content) => {
    if (field === 1) message.options = content;
    if (field === 2) message.proposed = content;
  });
  return message;
}

/** The classic append: one call for one append, carried out only when the caller has ended it cleanly. */
export const append =
  (engine: Engine) =>
  (call: ServerReadableStream<AppendMessage, Buffer>, answer: sendUnaryData<Buffer>): void => {
    let options: WriteOptions | undefined;
    let failure: unknown;
    let size = 0;
    const events: ProposedEvent[] = [];
    call.on('data', (message: AppendMessage) => {
      try {
        if (message.options) options = parseWriteOptions(message.options);
        if (!message.proposed) return;
        size += message.proposed.length;
        // What is surely too large is not kept: the engine refuses what is left of it by its own count.
        if (size <= 4 * MAX_APPEND_SIZE) events.push(parseProposed(message.proposed));
      } catch (error) {
        failure ??= error;
      }
    });
    call.on('end', async () => {
      if (!(await endedCleanly(call))) return;
      try {
        if (failure) throw failure;
        if (!options) throw refusal(status.INVALID_ARGUMENT, 'the append has no options');
        answer(null, response(options, await engine.append({ ...options, events })));
      } catch (error) {
        answer(refusalOf(error));
      }
    });
  };

/**
 * A call that is torn off also ends, a moment before it is known as cancelled. Its http2 stream knows at once;
 * grpc-js keeps that to itself, so the moment is waited for besides.
 */
async function endedCleanly(call: ServerReadableStream<AppendMessage, Buffer>): Promise<boolean> {
  const stream = streamBelow(call as unknown as Layer);
  if (stream?.aborted) return false;
  await nextTurn();
  await nextTurn();
  return !call.cancelled && !stream?.aborted;
}

/** A call lies upon its http2 stream, with a layer between for each interceptor. */
type Layer = { call?: Layer; nextCall?: Layer; stream?: { aborted: boolean } };
const streamBelow = ({ call, nextCall, stream }: Layer): { aborted: boolean } | undefined => {
  const below = call ?? nextCall;
  return below ? streamBelow(below) : stream;
};

function response({ stream, expected }: WriteOptions, outcome: WriteOutcome): Buffer {
  if (outcome.outcome === 'stream_deleted') throw streamDeleted(stream);
  if (outcome.outcome === 'expired') throw timedOut();
  const message = new streamMessages.AppendResp();
  if (outcome.outcome === 'written') message.setSuccess(success(outcome));
  else message.setWrongExpectedVersion(wrong(expected, outcome.current));
  return Buffer.from(message.serializeBinary());
}

function success({ revision, position }: { revision: number; position: number }) {
  const message = new streamMessages.AppendResp.Success();
  if (revision < 0) message.setNoStream(new shared.Empty());
  else message.setCurrentRevision(String(revision));
  if (position === 0) return message.setNoPosition(new shared.Empty());
  const at = new streamMessages.AppendResp.Position();
  at.setCommitPosition(String(position));
  at.setPreparePosition(String(position));
  return message.setPosition(at);
}

function wrong(expected: Expectation, current: number) {
  const message = new streamMessages.AppendResp.WrongExpectedVersion();
  const empty = new shared.Empty();
  if (current < 0) message.setCurrentNoStream(empty);
  else message.setCurrentRevision(String(current));
  if (expected === 'any') message.setExpectedAny(empty);
  else if (expected === 'stream_exists') message.setExpectedStreamExists(empty);
  else if (expected === 'no_stream') message.setExpectedNoStream(empty);
  else message.setExpectedRevision(String(expected));
  return message;
}
