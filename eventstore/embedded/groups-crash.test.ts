import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { temporaryFolder } from './engine/testing.js';
import { consume, dataIn, leaveAlone, range, until } from './face/persistent/testing.js';
import { type EmbeddedNode, startEmbeddedNode } from './start.js';

async function nodeOf(t: TestContext): Promise<{ node: EmbeddedNode; client: EventStoreDBClient }> {
  const node = await startEmbeddedNode({ dir: temporaryFolder(t) });
  t.after(() => node.stop());
  const client = EventStoreDBClient.connectionString(node.url);
  t.after(() => client.dispose());
  return { node, client };
}

async function kill(node: EmbeddedNode): Promise<void> {
  const pid = node.pid();
  process.kill(pid, 'SIGKILL');
  await until(() => node.pid() !== pid);
}

const numbered = (n: number) => jsonEvent({ type: 'Tested', data: { n } });

/** Consumes for ever, also when the connection goes; parks every 50th event of those it gets for the first time. */
function persist(client: EventStoreDBClient, name: string) {
  const acked: number[] = [];
  const parked = new Set<number>();
  let stopped = false;
  let current: { stop(): Promise<void> } | undefined;
  const running = (async () => {
    while (!stopped) {
      const subscription = client.subscribeToPersistentSubscriptionToStream(name, 'g', { bufferSize: 50 });
      const consuming = consume(subscription, async (resolved, to) => {
        const { n } = resolved.event!.data as { n: number };
        const bad = n % 50 === 0;
        const said = bad ? to.nack('park', 'bad', resolved as never) : to.ack(resolved as never);
        await said.then(
          () => void (bad ? parked.add(n) : acked.push(n)),
          () => {},
        );
      });
      current = consuming;
      await until(() => consuming.error !== undefined || stopped, 60_000);
      await sleep(50);
    }
  })();
  return {
    acked,
    parked,
    async stop() {
      stopped = true;
      await running;
      await current?.stop();
    },
  };
}

test('killed under its consumers, the node delivers everything at least once, and does not begin anew', async (t) => {
  const { node, client } = await nodeOf(t);
  const total = 3000;
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({
    startFrom: START,
    checkPointUpperBound: 20,
    checkPointLowerBound: 5,
  });
  await client.createPersistentSubscriptionToStream('s', 'g', settings);
  const consumers = [0, 1].map(() => persist(client, 's'));
  const acked = () => consumers.flatMap((consumer) => consumer.acked);
  const seen = () => new Set([...acked(), ...consumers.flatMap((consumer) => [...consumer.parked])]);
  for (let from = 0; from < total; from += 100) {
    const batch = range(from, from + 100).map(numbered);
    for (let done = false; !done; )
      done = await Promise.race([
        client.appendToStream('s', batch).then(
          () => true,
          () => sleep(20, false),
        ),
        sleep(1500, false),
      ]);
    if (from === 900 || from === 1900) {
      await until(() => seen().size > from - 200);
      await kill(node);
    }
  }
  await until(() => seen().size === total, 60_000);
  const info = () => client.getPersistentSubscriptionToStreamInfo('s', 'g');
  await until(
    async () => (await info().catch(() => undefined))?.stats.outstandingMessagesCount === 0,
    30_000,
  );
  // In flight at a kill: two consumers of 50, a checkpoint of 20 under way, and what the client had not sent.
  const again = acked().length - new Set(acked()).size;
  assert.ok(again <= 2 * 300, `${again} were acked again after two kills`);
  const parked = (await dataIn(client, '$persistentsubscription-s::g-parked')).map((link) =>
    Number(`${link}`.split('@')[0]),
  );
  assert.deepEqual(
    range(0, total / 50)
      .map((n) => n * 50)
      .filter((n) => !parked.includes(n)),
    [],
    'what was parked is parked',
  );
  for (const consumer of consumers) await consumer.stop();
});

test('what is parked, and what is being replayed, survives a kill', async (t) => {
  const { node, client } = await nodeOf(t);
  await client.appendToStream('s', range(0, 6).map(numbered));
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
  await client.createPersistentSubscriptionToStream('s', 'g', settings);
  const connect = () => client.subscribeToPersistentSubscriptionToStream('s', 'g');
  const info = () => client.getPersistentSubscriptionToStreamInfo('s', 'g');
  consume(connect(), (resolved, to) => to.nack('park', '', resolved as never));
  await until(async () => (await info()).stats.parkedMessageCount === 6n);
  await kill(node);
  await until(() =>
    info().then(
      ({ stats }) => stats.parkedMessageCount === 6n,
      () => false,
    ),
  );
  const before = consume(connect(), leaveAlone);
  await client.replayParkedMessagesToStream('s', 'g');
  await until(() => before.got.filter(({ resolved }) => resolved.link).length === 6);
  await kill(node);
  await until(() =>
    info().then(
      ({ stats }) => stats.parkedMessageCount === 6n,
      () => false,
    ),
  );
  const after = consume(connect());
  await client.replayParkedMessagesToStream('s', 'g');
  const replayed = () => after.got.filter(({ resolved }) => resolved.link).map(({ n }) => n);
  await until(() => replayed().length === 6);
  assert.deepEqual(replayed(), range(0, 6));
  await until(async () => (await info()).stats.parkedMessageCount === 0n);
});

test('a group that began at the end has, after a kill, what came since; its settings and filter are kept', async (t) => {
  const { node, client } = await nodeOf(t);
  await client.appendToStream('kept-1', numbered(0));
  const settings = persistentSubscriptionToAllSettingsFromDefaults({ maxRetryCount: 7 });
  const filter = streamNameFilter({ prefixes: ['kept-'] });
  await client.createPersistentSubscriptionToAll('g', settings, { filter });
  await client.createPersistentSubscriptionToStream(
    'kept-1',
    'g',
    persistentSubscriptionToStreamSettingsFromDefaults(),
  );
  for (const stream of ['kept-1', 'other', 'kept-2']) await client.appendToStream(stream, numbered(1));
  await kill(node);
  await until(() =>
    client.getPersistentSubscriptionToAllInfo('g').then(
      () => true,
      () => false,
    ),
  );
  assert.deepEqual((await client.getPersistentSubscriptionToAllInfo('g')).settings, settings);
  const all = consume(client.subscribeToPersistentSubscriptionToAll('g'));
  const one = consume(client.subscribeToPersistentSubscriptionToStream('kept-1', 'g'));
  await until(() => all.got.length === 2 && one.got.length === 1);
  assert.deepEqual(
    all.got.map(({ resolved }) => resolved.event!.streamId),
    ['kept-1', 'kept-2'],
  );
  assert.deepEqual([...all.numbers(), ...one.numbers()], [1, 1, 1]);
});

test('a node that is stopped knows, when it is started again, all that was acked', async (t) => {
  const dir = temporaryFolder(t);
  const first = await startEmbeddedNode({ dir });
  const client = EventStoreDBClient.connectionString(first.url);
  await client.appendToStream('s', range(0, 5).map(numbered));
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({
    startFrom: START,
    checkPointUpperBound: 500,
  });
  await client.createPersistentSubscriptionToStream('s', 'g', settings);
  const consuming = consume(
    client.subscribeToPersistentSubscriptionToStream('s', 'g'),
    (resolved, to, got) => (got.length <= 3 ? to.ack(resolved as never) : undefined),
  );
  const info = () => client.getPersistentSubscriptionToStreamInfo('s', 'g');
  await until(async () => consuming.got.length === 5 && (await info()).stats.outstandingMessagesCount === 2);
  await first.stop();
  await client.dispose();
  const second = await startEmbeddedNode({ dir });
  t.after(() => second.stop());
  const again = EventStoreDBClient.connectionString(second.url);
  t.after(() => again.dispose());
  await again.appendToStream('s', jsonEvent({ id: randomUUID(), type: 'Tested', data: { n: 5 } }));
  const after = consume(again.subscribeToPersistentSubscriptionToStream('s', 'g'));
  await until(() => after.numbers().includes(5));
  assert.deepEqual(after.numbers(), [3, 4, 5]);
});
