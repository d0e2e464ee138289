import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { binaryEvent, ErrorType, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { credentials as channel } from '@grpc/grpc-js';
import type { Engine } from '../engine/engine.js';
import type { Face } from './server.js';
import { shared, streamMessages } from './stubs.js';
import { type Bench, event, events, numbers, openBench, stream } from './testing.js';

const { StreamsClient } = streamsGrpc;
const { AppendReq } = streamMessages;
/** With credentials the client takes the classic append. */
const credentials = { username: 'admin', password: 'changeit' };

let engine: Engine;
let face: Face;
let client: EventStoreDBClient;
let lenient: EventStoreDBClient;
let bench: Bench;

before(async () => {
  bench = await openBench();
  ({ engine, face, client, lenient } = bench);
});
after(() => bench.close());

test('an event comes back as it was sent', async () => {
  const name = stream('流');
  const json = jsonEvent({ type: 'Játék', data: { text: '太强了' }, metadata: { $correlationId: 'c' } });
  const binary = binaryEvent({
    type: 'Raw',
    data: Uint8Array.from([0, 1, 255]),
    metadata: Uint8Array.from([9]),
  });
  const at = Date.now();
  const result = await client.appendToStream(name, [json, binary]);
  assert.equal(result.success, true);
  assert.equal(result.nextExpectedRevision, 1n);
  const read = [];
  for await (const resolved of client.readStream(name)) read.push(resolved);
  const [first, second] = read.map((resolved) => resolved.event!);
  assert.deepEqual(
    { id: first!.id, type: first!.type, data: first!.data, metadata: first!.metadata, isJson: first!.isJson },
    { id: json.id, type: 'Játék', data: { text: '太强了' }, metadata: { $correlationId: 'c' }, isJson: true },
  );
  assert.ok(Math.abs(first!.created.getTime() - at) < 5000);
  assert.equal(first!.streamId, name);
  assert.deepEqual([...(second!.data as Uint8Array)], [0, 1, 255]);
  assert.deepEqual([...(second!.metadata as Uint8Array)], [9]);
  assert.equal(second!.isJson, false);
  assert.equal(read[1]!.commitPosition, result.position!.commit);
  assert.equal(second!.revision, 1n);
});

for (const [how, options] of [
  ['batch', {}],
  ['classic', { credentials }],
] as const) {
  test(`expectations by ${how} append`, async () => {
    const name = stream();
    const append = (expectedRevision: 'any' | 'no_stream' | 'stream_exists' | bigint, by = client) =>
      by.appendToStream(name, event(1), { expectedRevision, ...options });
    const wrong = (expectedVersion: unknown, actualVersion: unknown) => ({
      type: ErrorType.WRONG_EXPECTED_VERSION,
      streamName: name,
      expectedVersion,
      actualVersion,
    });
    await assert.rejects(append('stream_exists'), wrong('stream_exists', 'no_stream'));
    await assert.rejects(append(4n), wrong(4n, 'no_stream'));
    assert.equal((await append('no_stream')).nextExpectedRevision, 0n);
    await assert.rejects(append('no_stream'), wrong('no_stream', 0n));
    assert.equal((await append(0n)).nextExpectedRevision, 1n);
    assert.equal((await append('stream_exists')).nextExpectedRevision, 2n);
    assert.equal((await append('any')).nextExpectedRevision, 3n);
    assert.equal((await append('no_stream', lenient)).success, false);
    const retried = event(7);
    const written = await client.appendToStream(name, retried, { expectedRevision: 3n, ...options });
    const again = await client.appendToStream(name, retried, { expectedRevision: 3n, ...options });
    assert.deepEqual(again, written);
    assert.deepEqual(await numbers(client.readStream(name)), [1, 1, 1, 1, 7]);
  });

  test(`what ${how} append refuses`, async () => {
    const name = stream();
    await assert.rejects(
      client
        .appendToStream(name, event(1, undefined, 'T'), options)
        .then(() =>
          client.appendToStream(name, jsonEvent({ type: 'Big', data: 'x'.repeat(2 ** 20) }), options),
        ),
      { type: ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED, maxAppendSize: 2 ** 20 },
    );
    await assert.rejects(client.appendToStream(name, event(1, 'no uuid' as never), options), /./);
    await client.tombstoneStream(name);
    await assert.rejects(client.appendToStream(name, event(1), options), {
      type: ErrorType.STREAM_DELETED,
      streamName: name,
    });
    assert.equal((await client.appendToStream(stream(), event(1), options)).success, true, 'and goes on');
  });
}

test('an append of more than one message is one append', async () => {
  const name = stream();
  const many = events(600);
  const [one, two] = await Promise.all([
    client.appendToStream(name, many, { batchAppendSize: 4000, expectedRevision: 'no_stream' }),
    client.appendToStream(stream(), events(300), { batchAppendSize: 4000 }),
  ]);
  assert.equal(one.nextExpectedRevision, 599n);
  assert.equal(two.nextExpectedRevision, 299n);
  assert.deepEqual(
    await numbers(client.readStream(name)),
    many.map(({ data }) => data.n),
  );
});

test('a classic append happens only when its call is ended cleanly', async () => {
  const before = engine.head();
  const raw = new StreamsClient(`127.0.0.1:${face.port}`, channel.createInsecure());
  const name = stream('cancelled');
  const options = new AppendReq.Options();
  options.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(name)));
  options.setAny(new shared.Empty());
  const message = new AppendReq.ProposedMessage();
  message.setId(new shared.UUID().setString(randomUUID()));
  message.getMetadataMap().set('type', 'T').set('content-type', 'application/json');
  const send = () => {
    const call = raw.append(() => {});
    call.on('error', () => {});
    call.write(new AppendReq().setOptions(options));
    call.write(new AppendReq().setProposedMessage(message));
    return call;
  };
  for (let n = 0; n < 20; n++) {
    const cancelled = send();
    await new Promise((resolve) => setTimeout(resolve, n));
    cancelled.cancel();
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(engine.head(), before);
  const torn = send();
  await new Promise((resolve) => setTimeout(resolve, 50));
  raw.close();
  torn.cancel();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(engine.head(), before);
});

test('a cluster of one can be discovered, and what is not there yet says so', async () => {
  const discovering = EventStoreDBClient.connectionString(`esdb+discover://127.0.0.1:${face.port}?tls=false`);
  assert.equal((await discovering.appendToStream(stream(), event(1))).success, true);
  await discovering.dispose();
  await assert.rejects(client.listProjections(), /UNIMPLEMENTED/);
});
