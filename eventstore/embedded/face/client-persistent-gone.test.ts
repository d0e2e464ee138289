import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
} from '@eventstore/db-client';
import { proposed } from '../engine/testing.js';
import { consume, until } from './persistent/testing.js';
import { type Bench, event, events, openBench, stream } from './testing.js';

let client: EventStoreDBClient;
let bench: Bench;

before(async () => {
  bench = await openBench();
  ({ client } = bench);
});
after(() => bench.close());

const fromStart = (changes: object = {}) =>
  persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START, ...changes });

/** A group of a new stream that holds so many events. */
async function groupOf(count: number, changes: object = {}) {
  const name = stream('grouped');
  if (count > 0) await client.appendToStream(name, events(count));
  await client.createPersistentSubscriptionToStream(name, 'g', fromStart(changes));
  const connect = (bufferSize = 10) =>
    client.subscribeToPersistentSubscriptionToStream(name, 'g', { bufferSize });
  return { name, connect };
}

test('links are resolved when the group says so; one that leads nowhere is delivered bare, and acked as any', async () => {
  const target = stream('target');
  const name = stream('links');
  await client.appendToStream(target, events(3));
  const link = (revision: number) => ({
    ...proposed(''),
    type: '$>',
    isJson: false,
    data: Buffer.from(`${revision}@${target}`),
  });
  await bench.engine.append({ stream: name, expected: 'any', events: [link(0), link(1), link(2)] });
  await client.setStreamMetadata(target, { truncateBefore: 1 });
  await client.createPersistentSubscriptionToStream(name, 'resolved', fromStart({ resolveLinkTos: true }));
  await client.createPersistentSubscriptionToStream(name, 'bare', fromStart());
  const resolved = consume(client.subscribeToPersistentSubscriptionToStream(name, 'resolved'));
  const bare = consume(client.subscribeToPersistentSubscriptionToStream(name, 'bare'));
  await until(() => resolved.got.length === 3 && bare.got.length === 3);
  assert.deepEqual(resolved.numbers(), [undefined, 1, 2]);
  assert.deepEqual(
    resolved.got.map((got) => got.resolved.link!.revision),
    [0n, 1n, 2n],
  );
  assert.equal(resolved.got[0]!.resolved.event, undefined);
  assert.equal(resolved.got[1]!.resolved.event!.streamId, target);
  assert.ok(bare.got.every((got) => got.resolved.event!.type === '$>' && got.resolved.link === undefined));
  const settled = async () =>
    (await client.getPersistentSubscriptionToStreamInfo(name, 'resolved')).stats.outstandingMessagesCount ===
    0;
  await until(settled);
});

test('a stream that is deleted for good drops its consumers', async () => {
  const { name, connect } = await groupOf(3);
  const consuming = consume(connect());
  await until(() => consuming.got.length === 3);
  await client.tombstoneStream(name);
  await until(() => consuming.error !== undefined);
  assert.equal(consuming.error!.type, 'persistent-subscription-dropped');
  const late = consume(connect());
  await until(() => late.error !== undefined);
  assert.equal(late.error!.type, 'persistent-subscription-dropped');
});

test('a stream that is deleted and written again goes on', async () => {
  const { name, connect } = await groupOf(3);
  const consuming = consume(connect());
  await until(() => consuming.got.length === 3);
  await client.deleteStream(name);
  await client.appendToStream(name, event(3));
  await until(() => consuming.got.length === 4);
  assert.deepEqual(consuming.numbers(), [0, 1, 2, 3]);
});
