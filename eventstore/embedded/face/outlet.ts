import type { ServerHttp2Stream } from 'node:http2';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Metadata, type ServerDuplexStream, type ServerWritableStream } from '@grpc/grpc-js';

type Call = ServerWritableStream<unknown, Buffer> | ServerDuplexStream<unknown, Buffer>;

/**
 * Sends many messages at once. grpc-js begins with a message only when the one before has left the process, so
 * each would be a system call, and a turn of the loop, of its own. It keeps its http2 stream to itself; without
 * that, messages go its way.
 */
export type Outlet = {
  send(messages: Buffer[]): void;
  /** Sends with others of this turn of the loop. */
  add(message: Buffer): void;
  flush(): void;
  /** Resolves when the caller has taken what was sent, or is gone; a turn of the loop later at the earliest. */
  ready(): Promise<void>;
};

export function outletOf(call: Call): Outlet {
  const inner = (call as unknown as { call?: { stream?: ServerHttp2Stream } }).call?.stream;
  const send = inner === undefined ? oneByOne(call) : together(call, inner);
  let waiting: Buffer[] = [];
  const flush = () => {
    const messages = waiting;
    waiting = [];
    if (messages.length > 0) send(messages);
  };
  return {
    send,
    add(message) {
      if (waiting.push(message) === 1) process.nextTick(flush);
    },
    flush,
    ready: () => ready(call, inner ?? call),
  };
}

const oneByOne = (call: Call) => (messages: Buffer[]) => {
  for (const message of messages) call.write(message);
};

function together(call: Call, inner: ServerHttp2Stream) {
  let begun = false;
  return (messages: Buffer[]) => {
    if (call.cancelled || inner.destroyed || inner.writableEnded) return;
    if (!begun) call.sendMetadata(new Metadata());
    begun = true;
    inner.write(framed(messages));
  };
}

/** Each message behind a byte that says "not compressed" and its length. */
function framed(messages: Buffer[]): Buffer {
  let size = 0;
  for (const message of messages) size += 5 + message.length;
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const message of messages) {
    bytes[at] = 0;
    bytes.writeUInt32BE(message.length, at + 1);
    bytes.set(message, at + 5);
    at += 5 + message.length;
  }
  return bytes;
}

const EVENTS = ['drain', 'close', 'error'] as const;

async function ready(call: Call, target: Writable): Promise<void> {
  // A turn of the loop, so that one long read does not hold up everybody else.
  if (!target.writableNeedDrain || call.cancelled) return nextTurn();
  await new Promise<void>((resolve) => {
    const done = () => {
      call.off('cancelled', done);
      for (const event of EVENTS) target.off(event, done);
      resolve();
    };
    call.on('cancelled', done);
    for (const event of EVENTS) target.on(event, done);
  });
}
