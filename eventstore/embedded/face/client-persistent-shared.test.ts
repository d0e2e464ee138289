import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  DISPATCH_TO_SINGLE,
  END,
  EventStoreDBClient,
  PINNED,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  ROUND_ROBIN,
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

const settingsFor = persistentSubscriptionToStreamSettingsFromDefaults;
const allSettings = persistentSubscriptionToAllSettingsFromDefaults;

test('what is told of a group: who is connected, what is where, how far it is', async () => {
  const url = `esdb://127.0.0.1:${bench.face.port}?tls=false&connectionName=a name`;
  const named = EventStoreDBClient.connectionString(url);
  const name = stream('told');
  await client.appendToStream(name, events(30));
  const settings = settingsFor({
    startFrom: START,
    extraStatistics: true,
    checkPointAfter: 1,
    checkPointLowerBound: 1,
  });
  await client.createPersistentSubscriptionToStream(name, 'g', settings);
  const consuming = consume(
    named.subscribeToPersistentSubscriptionToStream(name, 'g', { bufferSize: 8 }),
    (resolved, to, got) => (got.length <= 15 ? to.ack(resolved as never) : undefined),
  );
  const info = () => client.getPersistentSubscriptionToStreamInfo(name, 'g');
  await until(async () => (await info()).stats.totalItems === 23n);
  await until(async () => (await info()).stats.lastCheckpointedEventRevision === 14n);
  const { status, connections, stats } = await info();
  assert.equal(status, 'Live');
  assert.deepEqual(
    { ...stats, averagePerSecond: 0 },
    {
      averagePerSecond: 0,
      totalItems: 23n,
      countSinceLastMeasurement: 0n,
      readBufferCount: 7,
      liveBufferCount: 0n,
      retryBufferCount: 0,
      totalInFlightMessages: 8,
      outstandingMessagesCount: 8,
      parkedMessageCount: 0n,
      lastCheckpointedEventRevision: 14n,
      lastKnownEventRevision: 29n,
    },
  );
  const [connection, ...others] = connections;
  assert.deepEqual(others, []);
  assert.equal(connection!.connectionName, 'a name');
  assert.deepEqual(
    [connection!.totalItems, connection!.inFlightMessages, connection!.availableSlots],
    [23n, 8, 0],
  );
  assert.equal(typeof connection!.extraStatistics!.get('quintile 3'), 'bigint');
  await consuming.stop();
  await until(async () => (await info()).connections.length === 0);
  assert.equal((await info()).stats.retryBufferCount, 8);
  await client.appendToStream(name, events(3));
  await until(async () => (await info()).stats.liveBufferCount === 3n);
  await client.createPersistentSubscriptionToAll('told', allSettings({ startFrom: START }));
  await until(
    async () => (await client.getPersistentSubscriptionToAllInfo('told')).stats.readBufferCount > 0,
  );
  const all = await client.getPersistentSubscriptionToAllInfo('told');
  assert.equal(typeof all.stats.lastKnownEventPosition?.commit, 'bigint');
  await named.dispose();
});

test('each consumer of a pinned group has its streams to itself, in order; a newcomer takes some over', async () => {
  const prefix = stream('pinned');
  const settings = allSettings({ startFrom: END, consumerStrategyName: PINNED });
  const filter = { filter: streamNameFilter({ prefixes: [prefix] }) };
  await client.createPersistentSubscriptionToAll('pinned', settings, filter);
  const consumers = [0, 1].map(() =>
    consume(client.subscribeToPersistentSubscriptionToAll('pinned', { bufferSize: 20 })),
  );
  await Promise.all(consumers.map(({ subscription }) => confirmed(subscription)));
  const owners = () => {
    const found = new Map<string, Set<number>>();
    for (const [which, { got }] of consumers.entries())
      for (const { resolved } of got) {
        const id = resolved.event!.streamId;
        found.set(id, (found.get(id) ?? new Set()).add(which));
      }
    return found;
  };
  const total = () => consumers.reduce((sum, { got }) => sum + got.length, 0);
  const write = async (from: number) => {
    for (const n of range(from, from + 5))
      for (const s of range(0, 16)) await client.appendToStream(`${prefix}-${s}`, event(n));
  };
  await write(0);
  await until(() => total() === 80);
  assert.ok([...owners().values()].every((set) => set.size === 1));
  assert.ok(consumers.every(({ got }) => got.length >= 15));
  const newcomer = consume(client.subscribeToPersistentSubscriptionToAll('pinned', { bufferSize: 20 }));
  await confirmed(newcomer.subscription);
  consumers.push(newcomer);
  await write(5);
  await until(() => total() === 160);
  assert.ok(newcomer.got.length >= 10, 'it took streams over');
  for (const { got } of consumers) {
    const last = new Map<string, number>();
    for (const { n, resolved } of got) {
      assert.ok((last.get(resolved.event!.streamId) ?? -1) < (n as number), 'in order');
      last.set(resolved.event!.streamId, n as number);
    }
  }
});

test('RoundRobin and DispatchToSingle over the wire', async () => {
  const share = async (consumerStrategyName: typeof ROUND_ROBIN | typeof DISPATCH_TO_SINGLE) => {
    const name = stream('shared');
    await client.createPersistentSubscriptionToStream(
      name,
      'g',
      settingsFor({ startFrom: START, consumerStrategyName }),
    );
    const consumers = [0, 1].map(() =>
      consume(client.subscribeToPersistentSubscriptionToStream(name, 'g', { bufferSize: 20 }), leaveAlone),
    );
    await Promise.all(consumers.map(({ subscription }) => confirmed(subscription)));
    await client.appendToStream(name, events(30));
    await until(() => consumers[0]!.got.length + consumers[1]!.got.length === 30);
    return consumers.map(({ got }) => got.length).toSorted((a, b) => a - b);
  };
  assert.deepEqual(await share(ROUND_ROBIN), [15, 15]);
  assert.deepEqual(await share(DISPATCH_TO_SINGLE), [10, 20]);
});
