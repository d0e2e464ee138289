import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EventStoreDBClient,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { consume, dataIn, range, until } from './persistent/testing.js';
import { type Bench, event, events, openBench, stream } from './testing.js';

let client: EventStoreDBClient;
let bench: Bench;

before(async () => {
  bench = await openBench();
  ({ client } = bench);
});
after(() => bench.close());

/** A group with a consumer that parks all it gets until it is told to ack. */
async function parking(count: number, changes: object = {}) {
  const name = stream('parking');
  await client.appendToStream(name, events(count));
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START, ...changes });
  await client.createPersistentSubscriptionToStream(name, 'g', settings);
  const mood = { parks: true };
  const consuming = consume(client.subscribeToPersistentSubscriptionToStream(name, 'g'), (resolved, to) =>
    mood.parks ? to.nack('park', 'because', resolved as never) : to.ack(resolved as never),
  );
  const parkedCount = async () =>
    Number((await client.getPersistentSubscriptionToStreamInfo(name, 'g')).stats.parkedMessageCount);
  await until(async () => (await parkedCount()) === count);
  return { name, mood, consuming, parkedCount, parkedStream: `$persistentsubscription-${name}::g-parked` };
}

test('what is parked is a link, with why and when', async () => {
  const { name, parkedStream } = await parking(3);
  const found = [];
  for await (const { event } of client.readStream(parkedStream)) found.push(event!);
  assert.deepEqual(
    found.map(({ type, isJson, data }) => [type, isJson, Buffer.from(data as Uint8Array).toString()]),
    range(0, 3).map((n) => ['$>', false, `${n}@${name}`]),
  );
  const { added, ...metadata } = found[1]!.metadata as { added: string };
  assert.deepEqual(metadata, {
    reason: "Client explicitly NAK'ed message.\nbecause",
    subscriptionEventNumber: 1,
  });
  assert.ok(Math.abs(Date.parse(added) - Date.now()) < 60_000);
});

test('what is parked is replayed, in order, and is parked no more once it is acked', async () => {
  const { name, mood, consuming, parkedCount, parkedStream } = await parking(20);
  mood.parks = false;
  await client.replayParkedMessagesToStream(name, 'g');
  await until(() => consuming.got.length === 40);
  assert.deepEqual(consuming.numbers().slice(20), range(0, 20));
  const { resolved } = consuming.got[20]!;
  assert.deepEqual([resolved.link!.streamId, resolved.event!.streamId], [parkedStream, name]);
  await until(async () => (await dataIn(client, parkedStream)).length === 0);
  assert.equal(await parkedCount(), 0);
  await client.replayParkedMessagesToStream(name, 'g');
  await client.appendToStream(name, event(20));
  await until(() => consuming.got.length === 41);
  assert.equal(consuming.got[40]!.n, 20);
});

test('a replay stops where it is told to, and the next goes on from there', async () => {
  const { name, mood, consuming, parkedCount, parkedStream } = await parking(10);
  mood.parks = false;
  await client.replayParkedMessagesToStream(name, 'g', { stopAt: 4 });
  await until(() => consuming.got.length === 14);
  await until(async () => (await dataIn(client, parkedStream)).length === 6);
  assert.equal(await parkedCount(), 6);
  await client.replayParkedMessagesToStream(name, 'g', { stopAt: 4 });
  await client.replayParkedMessagesToStream(name, 'g', { stopAt: 7 });
  await until(() => consuming.got.length === 17);
  await client.replayParkedMessagesToStream(name, 'g');
  await until(() => consuming.got.length === 20);
  assert.deepEqual(consuming.numbers().slice(10), range(0, 10));
  await until(async () => (await parkedCount()) === 0);
  const wrong = client.replayParkedMessagesToStream(name, 'g', { stopAt: -1 });
  await assert.rejects(wrong, { type: 'persistent-subscription-failed', reason: /negative version/ });
});

test('what is parked again while it is replayed is parked, and all else is not', async () => {
  const { name, mood, consuming, parkedCount, parkedStream } = await parking(3);
  await client.replayParkedMessagesToStream(name, 'g');
  await until(() => consuming.got.length === 6);
  await until(async () => (await dataIn(client, parkedStream)).length === 3 && (await parkedCount()) === 3);
  mood.parks = false;
  await client.replayParkedMessagesToStream(name, 'g');
  await until(() => consuming.got.length === 9);
  assert.deepEqual(consuming.numbers(), [...range(0, 3), ...range(0, 3), ...range(0, 3)]);
  await until(async () => (await parkedCount()) === 0);
});

test('what is on its way is not counted as parked, but lies there until it is settled', async () => {
  const { name, consuming, parkedCount, parkedStream } = await parking(2);
  await consuming.stop();
  await client.replayParkedMessagesToStream(name, 'g');
  await until(async () => (await parkedCount()) === 0);
  // Longer than a tick, at which what is settled is given up.
  await sleep(1300);
  assert.equal((await dataIn(client, parkedStream)).length, 2);
  const info = await client.getPersistentSubscriptionToStreamInfo(name, 'g');
  assert.equal(info.stats.retryBufferCount, 2);
});

test('more is parked than fits any buffer: a replay brings all, and holds little', async () => {
  const { name, mood, consuming } = await parking(120, { historyBufferSize: 10, readBatchSize: 5 });
  mood.parks = false;
  const held: number[] = [];
  await client.replayParkedMessagesToStream(name, 'g');
  await until(async () => {
    held.push((await client.getPersistentSubscriptionToStreamInfo(name, 'g')).stats.retryBufferCount);
    return consuming.got.length === 240;
  });
  assert.deepEqual(consuming.numbers().slice(120), range(0, 120));
  assert.ok(Math.max(...held) <= 10, `held ${Math.max(...held)}`);
});

test('a parked event that is not to be seen any more is passed over', async () => {
  const { name, mood, consuming, parkedCount } = await parking(4);
  mood.parks = false;
  await client.setStreamMetadata(name, { truncateBefore: 2 });
  await client.replayParkedMessagesToStream(name, 'g');
  await until(() => consuming.got.length === 6);
  assert.deepEqual(consuming.numbers().slice(4), [2, 3]);
  await until(async () => (await parkedCount()) === 0);
});

test('a group of $all parks and replays', async () => {
  const prefix = stream('parked-all');
  const settings = persistentSubscriptionToAllSettingsFromDefaults({ startFrom: START, maxRetryCount: 0 });
  await client.createPersistentSubscriptionToAll('parks', settings, {
    filter: streamNameFilter({ prefixes: [prefix] }),
  });
  await client.appendToStream(prefix, events(5));
  let acks = false;
  const consuming = consume(client.subscribeToPersistentSubscriptionToAll('parks'), (resolved, to) =>
    acks ? to.ack(resolved as never) : to.nack('retry', 'at once too often', resolved as never),
  );
  const count = async () =>
    (await client.getPersistentSubscriptionToAllInfo('parks')).stats.parkedMessageCount;
  await until(async () => (await count()) === 5n);
  assert.equal((await dataIn(client, '$persistentsubscription-$all::parks-parked')).length, 5);
  acks = true;
  await client.replayParkedMessagesToAll('parks', { stopAt: 2 });
  await until(() => consuming.got.length === 7);
  await until(async () => (await count()) === 3n);
});
