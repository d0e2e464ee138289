import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  BACKWARDS,
  binaryEvent,
  END,
  ErrorType,
  type EventStoreDBClient,
  START,
} from '@eventstore/db-client';
import type { Engine } from '../engine/engine.js';
import { type Bench, event, events, numbers, openBench, stream } from './testing.js';

let engine: Engine;
let client: EventStoreDBClient;
let bench: Bench;

before(async () => {
  bench = await openBench();
  ({ engine, client } = bench);
});
after(() => bench.close());

test('a stream is read in every form', async () => {
  const name = stream();
  await client.appendToStream(name, events(700));
  const all = Array.from({ length: 700 }, (_, n) => n);
  const read = (options: Parameters<EventStoreDBClient['readStream']>[1]) =>
    numbers(client.readStream(name, options));
  assert.deepEqual(await read({}), all);
  assert.deepEqual(await read({ fromRevision: 600n, maxCount: 3 }), [600, 601, 602]);
  assert.deepEqual(await read({ fromRevision: 5000n }), []);
  assert.deepEqual(await read({ fromRevision: START, maxCount: 2 }), [0, 1]);
  assert.deepEqual(await read({ fromRevision: END, direction: BACKWARDS }), all.toReversed());
  assert.deepEqual(await read({ fromRevision: 2n, direction: BACKWARDS }), [2, 1, 0]);
  assert.deepEqual(await read({ fromRevision: END, direction: BACKWARDS, maxCount: 1 }), [699]);
  assert.deepEqual(await read({ fromRevision: START, direction: BACKWARDS }), [0]);
  await assert.rejects(numbers(client.readStream('nobody')), {
    type: ErrorType.STREAM_NOT_FOUND,
    streamName: 'nobody',
  });
});

test('the whole log is read in every form', async () => {
  const name = stream();
  const { position } = await client.appendToStream(name, events(3));
  const from = { commit: position!.commit - 1n, prepare: position!.prepare - 1n };
  assert.deepEqual(await numbers(client.readAll({ fromPosition: from, maxCount: 2 })), [1, 2]);
  assert.deepEqual(
    await numbers(client.readAll({ fromPosition: position!, direction: BACKWARDS, maxCount: 2 })),
    [1, 0],
  );
  assert.deepEqual(
    await numbers(client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 })),
    [2],
  );
  assert.deepEqual(await numbers(client.readAll({ fromPosition: END })), []);
  assert.deepEqual(await numbers(client.readAll({ fromPosition: START, direction: BACKWARDS })), []);
  let count = 0;
  for await (const { event } of client.readAll()) {
    count++;
    assert.equal(event!.position!.commit, BigInt(count));
  }
  assert.equal(count, engine.head());
});

test('metadata, soft deletion and tombstones', async () => {
  const name = stream();
  await client.appendToStream(name, events(5));
  await client.setStreamMetadata(name, { maxCount: 2 });
  assert.deepEqual((await client.getStreamMetadata(name)).metadata, { maxCount: 2 });
  assert.deepEqual(await numbers(client.readStream(name)), [3, 4]);
  await assert.rejects(client.deleteStream(name, { expectedRevision: 1n }), {
    type: ErrorType.WRONG_EXPECTED_VERSION,
    expectedVersion: 1n,
    actualVersion: 4n,
  });
  const deleted = await client.deleteStream(name, { expectedRevision: 4n });
  assert.equal(deleted.position!.commit, BigInt(engine.head()));
  await assert.rejects(numbers(client.readStream(name)), { type: ErrorType.STREAM_NOT_FOUND });
  await client.appendToStream(name, event(9), { expectedRevision: 'no_stream' });
  assert.deepEqual(await numbers(client.readStream(name)), [9]);
  await client.tombstoneStream(name);
  const gone = { type: ErrorType.STREAM_DELETED, streamName: name };
  await assert.rejects(numbers(client.readStream(name)), gone);
  await assert.rejects(client.deleteStream(name), gone);
  await assert.rejects(client.tombstoneStream(name), gone);
  await assert.rejects(numbers(client.subscribeToStream(name)), gone);
  for await (const { event } of client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 })) {
    assert.equal(event!.type, '$streamDeleted');
    assert.equal(event!.revision, 2n ** 63n - 1n);
  }
});

test('a link is followed where that is asked', async () => {
  const name = stream();
  const links = stream('links');
  await client.appendToStream(name, events(2));
  const link = (to: string) => binaryEvent({ type: '$>', data: Buffer.from(to) });
  await client.appendToStream(links, [link(`1@${name}`), link(`7@${name}`)]);
  const read = [];
  for await (const resolved of client.readStream(links, { resolveLinkTos: true })) read.push(resolved);
  assert.equal(read[0]!.event!.streamId, name);
  assert.equal(read[0]!.link!.streamId, links);
  assert.equal(read[0]!.event!.revision, 1n);
  assert.deepEqual([read[1]!.event, read[1]!.link!.revision], [undefined, 1n]);
});
