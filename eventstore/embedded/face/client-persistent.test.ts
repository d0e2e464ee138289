import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { consume, leaveAlone, range, until } from './persistent/testing.js';
import { type Bench, confirmed, event, events, openBench, stream } from './testing.js';

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
  return { name, connect, info: () => client.getPersistentSubscriptionToStreamInfo(name, 'g') };
}

test('a group begins at the start, at a revision or at the end, and goes on live', async () => {
  const name = stream('begun');
  await client.appendToStream(name, events(20));
  const begin = async (group: string, startFrom: unknown) => {
    const settings = persistentSubscriptionToStreamSettingsFromDefaults(
      startFrom === undefined ? {} : ({ startFrom } as object),
    );
    await client.createPersistentSubscriptionToStream(name, group, settings);
    const subscription = client.subscribeToPersistentSubscriptionToStream(name, group);
    let confirmations = 0;
    subscription.on('confirmation', () => confirmations++);
    const consuming = consume(subscription);
    await until(() => confirmations === 1);
    assert.equal(subscription.id, `${name}::${group}`);
    return consuming;
  };
  const start = await begin('start', START);
  const revision = await begin('revision', 18n);
  const end = await begin('end', undefined);
  for (let n = 20; n < 25; n++) await client.appendToStream(name, event(n));
  await until(() => start.got.length >= 25 && revision.got.length >= 7 && end.got.length >= 5);
  assert.deepEqual(start.numbers(), range(0, 25));
  assert.deepEqual(revision.numbers(), range(18, 25));
  assert.deepEqual(end.numbers(), range(20, 25));
  assert.ok(start.got.every(({ retries }) => retries === 0));
  assert.deepEqual([start.error, revision.error, end.error], [undefined, undefined, undefined]);
});

test('a group of a stream that is not there yet', async () => {
  const { name, connect } = await groupOf(0);
  const consuming = consume(connect());
  await client.appendToStream(name, events(3));
  await until(() => consuming.got.length === 3);
  assert.deepEqual(consuming.numbers(), [0, 1, 2]);
});

test('a group of $all: from a position, inclusive, what a filter chooses', async () => {
  const name = stream('all');
  const { position } = await client.appendToStream(name, event(0));
  await client.appendToStream(
    name,
    range(1, 9).map((n) => event(n, randomUUID(), n % 2 ? 'Odd' : 'Even')),
  );
  const begin = async (filter?: object) => {
    const group = randomUUID();
    const settings = persistentSubscriptionToAllSettingsFromDefaults({ startFrom: position! });
    await client.createPersistentSubscriptionToAll(group, settings, filter ? ({ filter } as object) : {});
    const subscription = client.subscribeToPersistentSubscriptionToAll(group);
    const consuming = consume(subscription);
    await confirmed(subscription);
    assert.equal(subscription.id, `$all::${group}`);
    return consuming;
  };
  const all = await begin();
  const byType = await begin(eventTypeFilter({ regex: '^Odd$' }));
  const byPrefix = await begin(streamNameFilter({ prefixes: ['no such', name] }));
  const noSystem = await begin(excludeSystemEvents());
  await client.appendToStream(name, event(9, randomUUID(), 'Odd'));
  const last = (consuming: ReturnType<typeof consume>) => () => consuming.numbers().includes(9);
  for (const consuming of [all, byType, byPrefix, noSystem]) await until(last(consuming));
  const mine = all.got.filter(({ resolved }) => resolved.event!.streamId === name).map(({ n }) => n);
  assert.deepEqual(mine, range(0, 10));
  assert.ok(all.got.some(({ resolved }) => resolved.event!.streamId === '$persistentSubscriptionConfig'));
  assert.deepEqual(byType.numbers(), [1, 3, 5, 7, 9]);
  assert.deepEqual(byPrefix.numbers(), range(0, 10));
  assert.deepEqual(noSystem.numbers(), range(0, 10));
  const first = byPrefix.got[0]!.resolved;
  assert.deepEqual(first.event!.position, position);
  assert.equal(first.commitPosition, position!.commit);
});

test('a group of $all does not consume its own checkpoints for ever', async () => {
  const settings = persistentSubscriptionToAllSettingsFromDefaults({
    checkPointUpperBound: 1,
    checkPointLowerBound: 1,
  });
  await client.createPersistentSubscriptionToAll('eager', settings);
  const consuming = consume(client.subscribeToPersistentSubscriptionToAll('eager'));
  await confirmed(consuming.subscription);
  await client.appendToStream(stream(), events(3));
  await until(() => consuming.numbers().includes(2));
  // On a busy machine the last checkpoint may take its time; one that calls for the next would never be the last.
  const grows = async () => {
    const before = [consuming.got.length, bench.engine.head()];
    await sleep(1500);
    return consuming.got.length > before[0]! || bench.engine.head() > before[1]!;
  };
  let rounds = 0;
  while (await grows()) assert.ok(++rounds < 8, 'it comes to rest');
  await consuming.stop();
});

test('what is nacked: skipped is gone, retried comes again with a higher count', async () => {
  const { connect } = await groupOf(40);
  const nacked = new Set<unknown>();
  const consuming = consume(connect(), (resolved, subscription) => {
    const { n } = resolved.event!.data as { n: number };
    if (nacked.has(n)) return subscription.ack(resolved as never);
    nacked.add(n);
    return subscription.nack(n < 20 ? 'skip' : 'retry', 'to test it', resolved as never);
  });
  await until(() => consuming.got.length >= 60);
  await sleep(100);
  const times = (n: number) => consuming.got.filter((got) => got.n === n).map(({ retries }) => retries);
  for (const n of range(0, 20)) assert.deepEqual(times(n), [0]);
  for (const n of range(20, 40)) assert.deepEqual(times(n), [0, 1]);
});

test('what is stopped is settled, as at the real server', async () => {
  const { connect, info } = await groupOf(1);
  const consuming = consume(connect(), (resolved, to) => to.nack('stop', 'enough', resolved as never));
  await until(() => consuming.got.length === 1);
  await until(async () => (await info()).stats.outstandingMessagesCount === 0);
  assert.equal(consuming.error, undefined);
});

test('many events are settled by one ack', async () => {
  const { connect, info } = await groupOf(30);
  const consuming = consume(connect(10), (_, subscription, got) => {
    if (got.length % 10 === 0)
      return subscription.ack(...(got.slice(-10).map(({ resolved }) => resolved) as never[]));
  });
  await until(() => consuming.got.length === 30);
  assert.deepEqual(consuming.numbers(), range(0, 30));
  await until(async () => (await info()).stats.outstandingMessagesCount === 0);
});

test('a consumer never has more than it asked for', async () => {
  const { connect } = await groupOf(30);
  const consuming = consume(connect(7), leaveAlone);
  await until(() => consuming.got.length === 7);
  await sleep(200);
  assert.equal(consuming.got.length, 7);
  await consuming.subscription.ack(consuming.got[0]!.resolved as never);
  await until(() => consuming.got.length === 8);
});

test('what times out is delivered again with a higher count, and in the end parked', async () => {
  const { connect, info } = await groupOf(2, { messageTimeout: 100, maxRetryCount: 2 });
  const consuming = consume(connect(), (resolved, to) => {
    if ((resolved.event!.data as { n: number }).n === 1) return to.ack(resolved as never);
  });
  await until(async () => (await info()).stats.parkedMessageCount === 1n);
  const retries = consuming.got.filter(({ n }) => n === 0).map((got) => got.retries);
  assert.deepEqual(retries, [0, 1, 2]);
});

test('what a consumer leaves behind goes to the others', async () => {
  const { connect } = await groupOf(10);
  const leaving = consume(connect(6), leaveAlone);
  await until(() => leaving.got.length === 6);
  const staying = consume(connect(20));
  await until(() => staying.got.length === 4);
  await leaving.stop();
  await until(() => staying.got.length === 10);
  const again = staying.got.filter(({ retries }) => retries > 0).map(({ n }) => n);
  assert.deepEqual(again, range(0, 6));
});

test('a slow consumer holds back neither the log nor another group', async () => {
  const { name, connect } = await groupOf(0, { historyBufferSize: 30, readBatchSize: 5, liveBufferSize: 10 });
  const slow = consume(connect(2), leaveAlone);
  await client.createPersistentSubscriptionToStream(name, 'other', fromStart());
  const other = consume(client.subscribeToPersistentSubscriptionToStream(name, 'other', { bufferSize: 50 }));
  await client.appendToStream(name, events(500));
  await until(() => other.got.length === 500);
  const info = await client.getPersistentSubscriptionToStreamInfo(name, 'g');
  assert.equal(info.status, 'Behind');
  assert.ok(info.stats.readBufferCount <= 30);
  assert.equal(info.stats.lastKnownEventRevision, 499n);
  assert.equal(slow.got.length, 2);
  await slow.stop();
  const quick = consume(connect(100));
  await until(() => quick.got.length === 500);
  assert.deepEqual(quick.numbers(), range(0, 500));
});

test('unsubscribing ends the consumer cleanly, and its place is free', async () => {
  const { connect, info } = await groupOf(3);
  const consuming = consume(connect());
  await until(() => consuming.got.length === 3);
  const ended = new Promise((resolve) => consuming.subscription.once('end', resolve));
  await consuming.stop();
  await ended;
  await until(async () => (await info()).connections.length === 0);
  assert.equal(consuming.error, undefined);
});
