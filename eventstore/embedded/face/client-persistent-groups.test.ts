import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DISPATCH_TO_SINGLE,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  PINNED,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
} from '@eventstore/db-client';
import { consume, dataIn, range, until } from './persistent/testing.js';
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
const { PersistentSubscriptionsService } = createRequire(import.meta.url)(
  '@eventstore/db-client/generated/persistent_grpc_pb.js',
);

type Failure = Error & { type: string; code: number; streamName: string; groupName: string; reason: string };
const failureOf = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => assert.fail('it did not fail'),
    (error) => error,
  );

/** Ends with the failure of a subscription that was refused, or let go. */
const endOf = async (consuming: ReturnType<typeof consume>): Promise<Failure> => {
  await until(() => consuming.error !== undefined);
  return consuming.error as Failure;
};

test('the node says that it supports all of it, to streams and to $all', async () => {
  const { supports } = client as unknown as { supports(method: unknown, feature: string): Promise<boolean> };
  for (const method of Object.values(PersistentSubscriptionsService))
    for (const feature of ['stream', 'all']) assert.equal(await supports.call(client, method, feature), true);
});

test('every setting is kept, and told as it was given', async () => {
  const name = stream('settings');
  const settings = settingsFor({
    startFrom: 123n,
    resolveLinkTos: true,
    extraStatistics: true,
    messageTimeout: 1234,
    maxRetryCount: 3,
    checkPointAfter: 4321,
    checkPointLowerBound: 12,
    checkPointUpperBound: 34,
    maxSubscriberCount: 200,
    liveBufferSize: 55,
    readBatchSize: 7,
    historyBufferSize: 66,
    consumerStrategyName: DISPATCH_TO_SINGLE,
  });
  await client.createPersistentSubscriptionToStream(name, 'g', settings);
  const info = await client.getPersistentSubscriptionToStreamInfo(name, 'g');
  assert.deepEqual(info.settings, settings);
  assert.deepEqual([info.eventSource, info.groupName, info.connections], [name, 'g', []]);
  assert.equal(info.stats.lastKnownEventRevision, undefined);
  for (const startFrom of [START, END, { commit: 2n, prepare: 1n }] as const) {
    const group = `from-${typeof startFrom === 'string' ? startFrom : 'position'}`;
    await client.createPersistentSubscriptionToAll(
      group,
      allSettings({ startFrom, consumerStrategyName: PINNED }),
    );
    const all = await client.getPersistentSubscriptionToAllInfo(group);
    assert.deepEqual(all.settings, allSettings({ startFrom, consumerStrategyName: PINNED }));
    assert.equal(all.eventSource, '$all');
  }
});

test('a group that exists is not made again, one that does not is not found: each names what was asked for', async () => {
  const name = stream('named');
  await client.createPersistentSubscriptionToStream(name, 'g', settingsFor());
  const again = await failureOf(client.createPersistentSubscriptionToStream(name, 'g', settingsFor()));
  assert.deepEqual(
    [again.type, again.code, again.streamName, again.groupName],
    ['persistent-subscription-exists', 6, name, 'g'],
  );
  assert.match(again.message, new RegExp(`Subscription group g on stream ${name} exists\\.`));
  await client.createPersistentSubscriptionToAll('twice', allSettings());
  const all = await failureOf(client.createPersistentSubscriptionToAll('twice', allSettings()));
  assert.deepEqual([all.type, all.streamName], ['persistent-subscription-exists', '$all']);
  const missing = [
    client.deletePersistentSubscriptionToStream(name, 'none'),
    client.updatePersistentSubscriptionToStream(name, 'none', settingsFor()),
    client.getPersistentSubscriptionToStreamInfo(name, 'none'),
    client.replayParkedMessagesToStream(name, 'none'),
    endOf(consume(client.subscribeToPersistentSubscriptionToStream(name, 'none'))).then((error) =>
      Promise.reject(error),
    ),
  ];
  for (const promise of missing) {
    const error = await failureOf(promise);
    assert.deepEqual([error.type, error.code], ['persistent-subscription-does-not-exist', 5]);
    assert.deepEqual([error.streamName, error.groupName], [name, 'none']);
    assert.equal(error.message, `5 NOT_FOUND: Subscription group none on stream ${name} does not exist.`);
  }
  const missingAll = [
    client.deletePersistentSubscriptionToAll('none'),
    client.updatePersistentSubscriptionToAll('none', allSettings()),
    client.getPersistentSubscriptionToAllInfo('none'),
    client.replayParkedMessagesToAll('none'),
    endOf(consume(client.subscribeToPersistentSubscriptionToAll('none'))).then((error) =>
      Promise.reject(error),
    ),
  ];
  for (const promise of missingAll)
    assert.equal(
      (await failureOf(promise)).message,
      '5 NOT_FOUND: Subscription group none on stream $all does not exist.',
    );
});

test('settings that cannot be are refused with the reason of the real server', async () => {
  const name = stream('refused');
  const refused = async (changes: object) => {
    const error = await failureOf(
      client.createPersistentSubscriptionToStream(name, 'g', settingsFor(changes)),
    );
    assert.deepEqual(
      [error.type, error.code, error.streamName, error.groupName],
      ['persistent-subscription-failed', 13, name, 'g'],
    );
    return error.reason;
  };
  assert.match(
    await refused({ readBatchSize: 500 }),
    /ReadBatchSize may not be greater than or equal to BufferSize/,
  );
  const beyond = { commit: 1n << 40n, prepare: 1n << 40n };
  const late = await failureOf(
    client.createPersistentSubscriptionToAll('g', allSettings({ startFrom: beyond })),
  );
  assert.match(
    late.reason,
    /^Invalid Start From position: commit position must be less than or equal to the last/,
  );
  const crossed = { commit: 1n, prepare: 2n };
  const error = await failureOf(
    client.createPersistentSubscriptionToAll('g', allSettings({ startFrom: crossed })),
  );
  assert.match(error.reason, /prepare position must be less than or equal to the commit position/);
  const unnamed = await failureOf(client.createPersistentSubscriptionToStream('', 'g', settingsFor()));
  assert.equal(unnamed.reason, 'Bad stream name.');
  const long = await failureOf(
    client.createPersistentSubscriptionToStream('x'.repeat(1500), 'y'.repeat(500), settingsFor()),
  );
  assert.equal(long.reason, 'The names are too long.');
  for (const byName of [
    client.createPersistentSubscriptionToStream('$all', 'g', settingsFor()),
    client.updatePersistentSubscriptionToStream('$all', 'g', settingsFor()),
    client.deletePersistentSubscriptionToStream('$all', 'g'),
  ])
    assert.match((await failureOf(byName)).reason, /^Persistent subscriptions to \$all are only supported/);
  const broken = client.createPersistentSubscriptionToAll('broken', allSettings(), {
    filter: eventTypeFilter({ regex: '(' }),
  });
  await assert.rejects(broken, /not a regular expression/);
  assert.equal(
    (await client.listAllPersistentSubscriptions()).some(({ groupName }) => groupName === 'broken'),
    false,
  );
  // Bounds that cross are not refused by the real server either.
  await client.createPersistentSubscriptionToStream(
    name,
    'crossed',
    settingsFor({ checkPointLowerBound: 9, checkPointUpperBound: 2 }),
  );
});

test('names of any script', async () => {
  const name = stream('어학연구소/0️⃣/ด้็');
  const group = 'ヽ༼ຈل͜ຈ༽ﾉ / ヽ';
  await client.createPersistentSubscriptionToStream(name, group, settingsFor({ startFrom: START }));
  await client.appendToStream(name, events(3));
  const consuming = consume(client.subscribeToPersistentSubscriptionToStream(name, group));
  await until(() => consuming.got.length === 3);
  assert.equal(consuming.subscription.id, `${name}::${group}`);
  const again = await failureOf(client.createPersistentSubscriptionToStream(name, group, settingsFor()));
  assert.equal(again.type, 'persistent-subscription-exists');
  await client.deletePersistentSubscriptionToStream(name, group);
  assert.equal((await endOf(consuming)).type, 'persistent-subscription-dropped');
});

test('no more consumers than are allowed', async () => {
  const name = stream('limited');
  await client.createPersistentSubscriptionToStream(name, 'g', settingsFor({ maxSubscriberCount: 1 }));
  const first = consume(client.subscribeToPersistentSubscriptionToStream(name, 'g'));
  await confirmed(first.subscription);
  const error = await endOf(consume(client.subscribeToPersistentSubscriptionToStream(name, 'g')));
  assert.deepEqual(
    [error.type, error.code, error.streamName, error.groupName],
    ['maximum-subscribers-reached', 9, name, 'g'],
  );
  await first.stop();
  await until(
    async () => (await client.getPersistentSubscriptionToStreamInfo(name, 'g')).connections.length === 0,
  );
  await confirmed(client.subscribeToPersistentSubscriptionToStream(name, 'g').on('error', () => {}));
});

test('deleting drops the consumers and forgets all: made anew, the group begins anew', async () => {
  const name = stream('deleted');
  await client.appendToStream(name, events(5));
  const settings = settingsFor({ startFrom: START, checkPointUpperBound: 1 });
  await client.createPersistentSubscriptionToStream(name, 'g', settings);
  const consuming = consume(
    client.subscribeToPersistentSubscriptionToStream(name, 'g'),
    (resolved, to, got) =>
      got.length === 5 ? to.nack('park', 'last', resolved as never) : to.ack(resolved as never),
  );
  const info = () => client.getPersistentSubscriptionToStreamInfo(name, 'g');
  await until(async () => (await info()).stats.parkedMessageCount === 1n);
  await until(async () =>
    (await dataIn(client, `$persistentsubscription-${name}::g-checkpoint`)).includes('4'),
  );
  await client.deletePersistentSubscriptionToStream(name, 'g');
  const error = await endOf(consuming);
  assert.deepEqual([error.type, error.code, error.streamName], ['persistent-subscription-dropped', 1, name]);
  for (const kind of ['checkpoint', 'parked'])
    assert.deepEqual(await dataIn(client, `$persistentsubscription-${name}::g-${kind}`), []);
  assert.equal((await failureOf(info())).type, 'persistent-subscription-does-not-exist');
  await client.createPersistentSubscriptionToStream(name, 'g', settings);
  assert.equal((await info()).stats.parkedMessageCount, 0n);
  const anew = consume(client.subscribeToPersistentSubscriptionToStream(name, 'g'));
  await until(() => anew.got.length === 5);
});

test('updating changes the settings, drops the consumers, and goes on where the group was', async () => {
  const name = stream('updated');
  await client.appendToStream(name, events(10));
  await client.createPersistentSubscriptionToStream(name, 'g', settingsFor({ startFrom: START }));
  const consuming = consume(
    client.subscribeToPersistentSubscriptionToStream(name, 'g'),
    (resolved, to, got) => (got.length <= 4 ? to.ack(resolved as never) : undefined),
  );
  const info = () => client.getPersistentSubscriptionToStreamInfo(name, 'g');
  await until(async () => (await info()).stats.outstandingMessagesCount === 6);
  const changed = settingsFor({ startFrom: START, consumerStrategyName: PINNED, checkPointLowerBound: 12 });
  await client.updatePersistentSubscriptionToStream(name, 'g', changed);
  assert.equal((await endOf(consuming)).type, 'persistent-subscription-dropped');
  assert.deepEqual((await info()).settings, changed);
  const after = consume(client.subscribeToPersistentSubscriptionToStream(name, 'g'));
  await until(() => after.got.length === 6);
  assert.deepEqual(after.numbers(), range(4, 10));
});

test('updating a group of $all keeps its filter', async () => {
  const filter = eventTypeFilter({ prefixes: ['Kept'] });
  await client.createPersistentSubscriptionToAll('kept', allSettings({ startFrom: START }), { filter });
  await client.updatePersistentSubscriptionToAll('kept', allSettings({ startFrom: START, maxRetryCount: 1 }));
  const consuming = consume(client.subscribeToPersistentSubscriptionToAll('kept'));
  await client.appendToStream(stream(), [event(1), event(2, undefined, 'Kept')]);
  await until(() => consuming.got.length === 1);
  assert.deepEqual(consuming.numbers(), [2]);
});

test('restarting lets go of the consumers and loses nothing', async () => {
  const name = stream('restarted');
  await client.appendToStream(name, events(6));
  await client.createPersistentSubscriptionToStream(name, 'g', settingsFor({ startFrom: START }));
  const consuming = consume(
    client.subscribeToPersistentSubscriptionToStream(name, 'g'),
    (resolved, to, got) => (got.length <= 2 ? to.ack(resolved as never) : undefined),
  );
  await until(() => consuming.got.length === 6);
  await sleep(50);
  assert.equal(await client.restartPersistentSubscriptionSubsystem(), undefined);
  assert.equal((await endOf(consuming)).type, 'persistent-subscription-dropped');
  const after = consume(client.subscribeToPersistentSubscriptionToStream(name, 'g'));
  await until(() => after.got.length === 4);
  assert.deepEqual(after.numbers(), range(2, 6));
});

test('lists: of a stream, of $all, and all of them', async () => {
  const name = stream('listed');
  assert.equal(
    (await failureOf(client.listPersistentSubscriptionsToStream(name))).message,
    `5 NOT_FOUND: Subscription group  on stream ${name} does not exist.`,
  );
  for (const group of ['one', 'two'])
    await client.createPersistentSubscriptionToStream(name, group, settingsFor());
  await client.createPersistentSubscriptionToAll('listed', allSettings());
  const names = (list: { eventSource: string; groupName: string }[]) =>
    list.map(({ eventSource, groupName }) => `${eventSource}::${groupName}`);
  assert.deepEqual(names(await client.listPersistentSubscriptionsToStream(name)), [
    `${name}::one`,
    `${name}::two`,
  ]);
  assert.ok(names(await client.listPersistentSubscriptionsToAll()).includes('$all::listed'));
  const all = names(await client.listAllPersistentSubscriptions());
  for (const one of [`${name}::one`, `${name}::two`, '$all::listed']) assert.ok(all.includes(one));
  for (const group of ['one', 'two']) await client.deletePersistentSubscriptionToStream(name, group);
  assert.deepEqual(await client.listPersistentSubscriptionsToStream(name), []);
});
