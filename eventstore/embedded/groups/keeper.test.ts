import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Engine, openEngine } from '../engine/engine.js';
import { idOf } from '../engine/record.js';
import { append, many, proposed, temporaryFolder } from '../engine/testing.js';
import { keyOfId, recordOf } from './entry.js';
import { keeperOf } from './keeper.js';
import type { Consumer } from './members.js';
import type { Runner } from './runner.js';
import type { GroupSettings } from './settings.js';
import { checkpointStreamOf, parkedRange, parkedStreamOf, readCheckpoint } from './state-streams.js';

const key = { stream: 's', group: 'g' };
const settings: GroupSettings = {
  resolveLinkTos: false,
  extraStatistics: false,
  startFrom: { commit: 0, prepare: 0 },
  messageTimeout: 30_000,
  maxRetryCount: 10,
  checkPointAfter: 1000,
  minCheckPointCount: 1,
  maxCheckPointCount: 1,
  maxSubscriberCount: 0,
  liveBufferSize: 500,
  historyBufferSize: 500,
  readBatchSize: 20,
  strategy: 'RoundRobin',
};

async function engineOf(t: TestContext): Promise<Engine> {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  return engine;
}

/** A consumer that does something with each event; how often it was sent one. */
function joined(runner: Runner, react: (id: string, runner: Runner) => void, size = 10) {
  const seen = { count: 0 };
  const consumer: Consumer = {
    size,
    user: 'test',
    connectionName: 'test',
    send(event) {
      seen.count++;
      setImmediate(react, keyOfId(idOf(recordOf(event))), runner);
    },
    drop: () => runner.leave(consumer),
  };
  runner.join(consumer);
  return seen;
}

const until = async (what: () => boolean) => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 1));
};

test('a group deleted while it writes leaves nothing behind that a new one would begin at', async (t) => {
  const engine = await engineOf(t);
  const keeper = keeperOf(engine);
  t.after(() => keeper.close());
  await append(engine, 's', 'any', many(40));
  for (let round = 0; round < 20; round++) {
    await keeper.create(key, settings, '');
    let parks = false;
    const seen = joined(await keeper.connect(key), (id, runner) => {
      parks = !parks;
      if (parks) runner.nack([id], 'park', '');
      else runner.ack([id]);
    });
    await until(() => seen.count > round);
    await keeper.delete(key, '');
    for (const stream of [checkpointStreamOf(key), parkedStreamOf(key)])
      assert.equal(engine.readStream({ stream, from: 0, max: 1 }).status, 'not_found', stream);
  }
});

test('acks cost no append each: checkpoints are as many as the settings say, however fast acks come', async (t) => {
  const engine = await engineOf(t);
  const keeper = keeperOf(engine);
  t.after(() => keeper.close());
  await append(engine, 's', 'any', many(4000));
  await keeper.create(key, { ...settings, maxCheckPointCount: 500 }, '');
  const before = engine.head();
  const runner = await keeper.connect(key);
  const seen = joined(runner, (id) => runner.ack([id]), 100);
  await until(() => seen.count === 4000 && runner.info().outstandingMessagesCount === 0);
  await until(() => readCheckpoint(engine, key) === 3999);
  // The metadata of the stream, eight times five hundred, and at most one at a tick.
  assert.ok(engine.head() - before <= 12, `${engine.head() - before} appends`);
});

test('what is replayed is given up in few appends, not one for each ack', async (t) => {
  const engine = await engineOf(t);
  const keeper = keeperOf(engine);
  t.after(() => keeper.close());
  await append(engine, 's', 'any', many(100));
  await keeper.create(key, { ...settings, maxCheckPointCount: 1000 }, '');
  const runner = await keeper.connect(key);
  let parks = true;
  const seen = joined(runner, (id) => (parks ? runner.nack([id], 'park', '') : runner.ack([id])), 3);
  await until(() => runner.info().parkedMessageCount === 100);
  parks = false;
  const before = engine.head();
  runner.replayParked();
  await until(() => seen.count === 200 && runner.info().outstandingMessagesCount === 0);
  await until(() => parkedRange(engine, key).first === 100);
  assert.ok(engine.head() - before <= 8, `${engine.head() - before} appends`);
});

test('what a group holds is bounded, however long the log', async (t) => {
  const engine = await engineOf(t);
  const keeper = keeperOf(engine);
  t.after(() => keeper.close());
  for (let n = 0; n < 10; n++) await append(engine, 's', 'any', many(500));
  await keeper.create(key, { ...settings, historyBufferSize: 50, readBatchSize: 10 }, '');
  const runner = await keeper.connect(key);
  joined(runner, () => {}, 5);
  await until(() => runner.info().outstandingMessagesCount === 5);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { readBufferCount, status, lastKnown } = runner.info();
  assert.deepEqual([readBufferCount <= 50, status, lastKnown], [true, 'Behind', '4999']);
});

test('changes come one after the other, and a configuration that nobody can read is passed over', async (t) => {
  const engine = await engineOf(t);
  const keeper = keeperOf(engine);
  const groups = Array.from({ length: 20 }, (_, n) => ({ stream: 's', group: `g${n}` }));
  const made = groups.map((group) => keeper.create(group, settings, ''));
  const dropped = groups.slice(0, 10).map((group) => keeper.delete(group, ''));
  await Promise.all([...made, ...dropped]);
  await append(engine, '$persistentSubscriptionConfig', 'any', [proposed('nonsense')]);
  await keeper.close();
  const again = keeperOf(engine);
  t.after(() => again.close());
  assert.deepEqual(
    (await again.list()).map(({ group }) => group),
    groups.slice(10).map(({ group }) => group),
  );
});
