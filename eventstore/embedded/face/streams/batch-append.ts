import type { ServerDuplexStream } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { Engine } from '../../engine/engine.js';
import { EngineError, MAX_APPEND_SIZE, type ProposedEvent } from '../../engine/types.js';
import { refusal } from '../errors.js';
import { parseProposed, text } from '../proposed.js';
import { eachField } from '../wire.js';
import { batchFailure, batchResponse } from './batch-response.js';
import { parseWriteOptions, type WriteOptions } from './options.js';

export type BatchMessage = {
  correlation: Uint8Array;
  options?: Uint8Array;
  proposed: Uint8Array[];
  isFinal: boolean;
  size: number;
};

export function parseBatchReq(bytes: Uint8Array): BatchMessage {
  const message: BatchMessage = {
    correlation: new Uint8Array(0),
    proposed: [],
    isFinal: false,
    size: bytes.length,
  };
  eachField(bytes, (field, value, content) => {
    if (field === 1) message.correlation = content;
    else if (field === 2) message.options = content;
    else if (field === 3) message.proposed.push(content);
    else if (field === 4) message.isFinal = value !== 0;
  });
  return message;
}

/** An append of which not all has come yet. */
type Open = {
  correlation: Uint8Array;
  options?: WriteOptions;
  events: ProposedEvent[];
  size: number;
  failure?: unknown;
};

/** Bytes taken in and not yet on the disk, above which a caller is not read from. */
const MAX_UNDER_WAY = 16 * MAX_APPEND_SIZE;

/** Many appends over one call, each under its caller's correlation id and answered once, when it is durable. */
export const batchAppend =
  (engine: Engine) =>
  (call: ServerDuplexStream<BatchMessage, Buffer>): void => {
    const open = new Map<string, Open>();
    let underWay = 0;
    let answering = 0;
    let ended = false;

    call.on('data', (message: BatchMessage) => {
      const key = text(message.correlation);
      const append = open.get(key) ?? { correlation: message.correlation, events: [], size: 0 };
      take(append, message);
      underWay += message.size;
      if (!message.isFinal) return void open.set(key, append);
      open.delete(key);
      void carryOut(append);
    });
    call.on('end', () => {
      ended = true;
      if (answering === 0) call.end();
    });

    async function carryOut(append: Open): Promise<void> {
      answering++;
      if (underWay > MAX_UNDER_WAY) call.pause();
      const answer = await answerTo(engine, append);
      answering--;
      underWay -= append.size;
      // With nothing left to wait for, what is open can only be finished by reading on.
      if (call.isPaused() && (underWay <= MAX_UNDER_WAY || answering === 0)) call.resume();
      if (call.cancelled) return;
      call.write(answer);
      if (ended && answering === 0) call.end();
    }
  };

function take(append: Open, message: BatchMessage): void {
  append.size += message.size;
  if (append.failure !== undefined) return;
  try {
    if (message.options) append.options = parseWriteOptions(message.options);
    for (const proposed of message.proposed) append.events.push(parseProposed(proposed));
    if (append.size > 4 * MAX_APPEND_SIZE)
      throw new EngineError('append_too_large', 'the append is too large');
  } catch (error) {
    append.failure = error;
    append.events = [];
  }
}

async function answerTo(engine: Engine, append: Open): Promise<Buffer> {
  try {
    if (append.failure !== undefined) throw append.failure;
    if (append.options === undefined) throw refusal(status.INVALID_ARGUMENT, 'the append has no options');
    return batchResponse(append, await engine.append({ ...append.options, events: append.events }));
  } catch (error) {
    return batchFailure(append, error);
  }
}
