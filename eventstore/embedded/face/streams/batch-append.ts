import type { ServerDuplexStream } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { Engine } from '../../engine/engine.js';
import { EngineError, MAX_APPEND_SIZE, type ProposedEvent } from '../../engine/types.js';
import { refusal, timedOut } from '../errors.js';
import { outletOf } from '../outlet.js';
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
  /** Why its sender may not ask for it. */
  refused?: unknown;
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

/** An append of which not all has come yet. `size` counts as the limit does, `received` as the wire. */
type Open = {
  correlation: Uint8Array;
  options?: WriteOptions;
  events: ProposedEvent[];
  size: number;
  received: number;
  failure?: unknown;
  timer?: NodeJS.Timeout;
};

/** Bytes taken in and not yet on the disk, above which a caller is not read from. */
const MAX_UNDER_WAY = 16 * MAX_APPEND_SIZE;
const LONGEST_TIMER = 2 ** 31 - 1;

/** Many appends over one call, each under its caller's correlation id and answered once, when it is durable. */
export const batchAppend =
  (engine: Engine) =>
  (call: ServerDuplexStream<BatchMessage, Buffer>): void => {
    const open = new Map<string, Open>();
    let underWay = 0;
    let answering = 0;
    let ended = false;
    const outlet = outletOf(call);

    call.on('data', (message: BatchMessage) => {
      const key = text(message.correlation);
      const append = open.get(key) ?? begin(message);
      // What is left of an append that was answered early names no stream any more.
      if (append === undefined) return;
      take(append, message);
      underWay += message.size;
      if (!message.isFinal && append.failure === undefined) {
        open.set(key, append);
        append.timer ??= expiry(append, () => carryOut(key, append));
      } else void carryOut(key, append);
    });
    call.on('end', () => {
      ended = true;
      abandon();
      if (answering === 0) end();
    });
    call.on('cancelled', abandon);

    function abandon(): void {
      for (const { timer } of open.values()) clearTimeout(timer);
    }

    function end(): void {
      outlet.flush();
      call.end();
    }

    async function carryOut(key: string, append: Open): Promise<void> {
      open.delete(key);
      clearTimeout(append.timer);
      answering++;
      if (underWay > MAX_UNDER_WAY) call.pause();
      const answer = await answerTo(engine, append);
      answering--;
      underWay -= append.received;
      // With nothing left to wait for, what is open can only be finished by reading on.
      if (call.isPaused() && (underWay <= MAX_UNDER_WAY || answering === 0)) call.resume();
      if (call.cancelled) return;
      outlet.add(answer);
      if (ended && answering === 0) end();
    }
  };

function begin({ correlation, options }: BatchMessage): Open | undefined {
  return options && { correlation, events: [], size: 0, received: 0 };
}

/** Ends the wait for the rest of an append at its deadline. */
function expiry(append: Open, end: () => Promise<void>): NodeJS.Timeout | undefined {
  const left = (append.options?.deadline ?? Number.POSITIVE_INFINITY) - performance.now();
  if (left > LONGEST_TIMER) return undefined;
  return setTimeout(() => {
    append.failure = timedOut();
    void end();
  }, left);
}

function take(append: Open, message: BatchMessage): void {
  append.received += message.size;
  try {
    if (message.options) append.options ??= parseWriteOptions(message.options);
    if (message.refused) throw message.refused;
    if ((append.options?.deadline ?? Number.POSITIVE_INFINITY) <= performance.now()) throw timedOut();
    for (const proposed of message.proposed) {
      const event = parseProposed(proposed);
      append.size += event.type.length * 2 + event.data.length + event.metadata.length;
      append.events.push(event);
    }
    if (append.size > MAX_APPEND_SIZE) throw new EngineError('append_too_large', 'the append is too large');
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
