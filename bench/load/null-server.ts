/**
 * What the client's own processor time allows: a server on the same wire that acknowledges each append at once
 * and stores nothing, and answers each read with as many events as are asked for, made once. Tells its parent
 * `{port}`.
 */
import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { decodeRecord, encodeRecord } from '../../eventstore/embedded/engine/record.js';
import { confirmationResponse, eventResponse } from '../../eventstore/embedded/face/read-response.js';
import { parseBatchReq } from '../../eventstore/embedded/face/streams/batch-append.js';
import { batchResponse } from '../../eventstore/embedded/face/streams/batch-response.js';
import { parseWriteOptions, type WriteOptions } from '../../eventstore/embedded/face/streams/options.js';
import { parseQuery } from '../../eventstore/embedded/face/streams/query.js';
import { bytesSize, putAscii, putBytes, putHead, sink } from '../../eventstore/embedded/face/wire.js';
import { data, metadata, TYPE } from './plain.js';

const WINDOW = 4 * 1024 * 1024;
const STREAMS = 'event_store.client.streams.Streams';
/** A subscription has no end: what the client takes before it leaves. */
const ENOUGH = 1_000_000;
const AT_ONCE = 256;

/** A message as gRPC frames it. */
function framed(message: Uint8Array): Buffer {
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  return frame;
}

/** Calls back for each message of a gRPC stream. */
function eachMessage(stream: ServerHttp2Stream, take: (message: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let size = 0; rest.length >= 5; rest = rest.subarray(5 + size)) {
      size = rest.readUInt32BE(1);
      if (rest.length < 5 + size) break;
      take(rest.subarray(5, 5 + size));
    }
  });
}

function acknowledge(stream: ServerHttp2Stream): void {
  const open = new Map<string, { correlation: Buffer; options: WriteOptions }>();
  let answers: Buffer[] = [];
  const send = () => {
    stream.write(Buffer.concat(answers));
    answers = [];
  };
  eachMessage(stream, (bytes) => {
    const { correlation, options, isFinal } = parseBatchReq(bytes);
    const key = Buffer.from(correlation).toString('latin1');
    if (options)
      open.set(key, { correlation: Buffer.from(correlation), options: parseWriteOptions(options) });
    const answer = open.get(key);
    if (!isFinal || !answer) return;
    open.delete(key);
    if (answers.length === 0) setImmediate(send);
    answers.push(framed(batchResponse(answer, { outcome: 'written', revision: 0, position: 1 })));
  });
}

const oneEvent = (() => {
  const event = {
    id: Buffer.alloc(16),
    type: TYPE,
    isJson: true,
    data: Buffer.from(JSON.stringify(data)),
    metadata: Buffer.from(JSON.stringify(metadata)),
  };
  const place = { stream: `measured-${'0'.repeat(16)}-0`, position: 1_000_000, revision: 1000 };
  const record = encodeRecord(event, { ...place, created: Date.now() });
  return framed(eventResponse({ event: decodeRecord(record, place.position) }, false));
})();
const events = Buffer.concat(Array.from({ length: AT_ONCE }, () => oneEvent));

function serveRead(stream: ServerHttp2Stream): void {
  eachMessage(stream, (request) => {
    const { max } = parseQuery(request);
    let left = max ?? ENOUGH;
    if (max === undefined) stream.write(framed(confirmationResponse('null')));
    const more = (): void => {
      while (left > 0) {
        const now = Math.min(left, AT_ONCE);
        left -= now;
        if (!stream.write(events.subarray(0, now * oneEvent.length))) return void stream.once('drain', more);
      }
      stream.end();
    };
    more();
  });
}

/** Without BatchAppend among them the client would append another way. */
function supportedMethods(stream: ServerHttp2Stream): void {
  const method = (name: string) => {
    const size = bytesSize(name.length) + bytesSize(STREAMS.length);
    const out = sink(bytesSize(size));
    putHead(out, 1, size);
    putBytes(out, 1, Buffer.from(name));
    putBytes(out, 2, Buffer.from(STREAMS));
    return out.buffer;
  };
  const version = sink(bytesSize(6));
  putHead(version, 2, 6);
  putAscii(version, '22.0.0');
  const names = ['read', 'append', 'batchappend'];
  stream.end(framed(Buffer.concat([...names.map(method), version.buffer])));
  stream.resume();
}

const server = createServer({ settings: { initialWindowSize: WINDOW } });
server.on('session', (session) => session.setLocalWindowSize(WINDOW));
server.on('stream', (stream, headers) => {
  stream.on('error', () => undefined);
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  const path = String(headers[':path']);
  if (path.endsWith('/BatchAppend')) acknowledge(stream);
  else if (path.endsWith('/Read')) serveRead(stream);
  else supportedMethods(stream);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
