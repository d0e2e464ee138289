import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  END,
  type EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  type Filter,
  jsonEvent,
  streamNameFilter,
} from '@eventstore/db-client';
import { type Bench, confirmed, event, events, next, openBench, stream } from './testing.js';

let client: EventStoreDBClient;
let bench: Bench;

before(async () => {
  bench = await openBench();
  ({ client } = bench);
});
after(() => bench.close());

test('a subscription catches up and goes live without a gap or a double', async () => {
  const name = stream();
  await client.appendToStream(name, events(500));
  const subscription = client.subscribeToStream(name);
  let caughtUp = 0;
  subscription.on('caughtUp', () => caughtUp++);
  const writing = (async () => {
    for (let n = 500; n < 800; n++) await client.appendToStream(name, event(n));
  })();
  const got = await next(subscription, 800);
  await writing;
  assert.deepEqual(
    got,
    Array.from({ length: 800 }, (_, n) => n),
  );
  assert.ok(caughtUp >= 1);
});

test('subscriptions begin where they are told to, exclusively', async () => {
  const name = stream();
  const { position } = await client.appendToStream(name, events(3));
  const fromEnd = client.subscribeToStream(name, { fromRevision: END });
  const allFromEnd = client.subscribeToAll({ fromPosition: END });
  await Promise.all([confirmed(fromEnd), confirmed(allFromEnd)]);
  const one = client.subscribeToStream(name, { fromRevision: 1n });
  const two = client.subscribeToAll({ fromPosition: { commit: position!.commit - 1n, prepare: 1n } });
  const unborn = client.subscribeToStream(`${name}-unborn`);
  await confirmed(unborn);
  await client.appendToStream(name, event(3));
  await client.appendToStream(`${name}-unborn`, event(4));
  assert.deepEqual(await next(one, 2), [2, 3]);
  assert.deepEqual(await next(two, 2), [2, 3]);
  assert.deepEqual(await next(fromEnd, 1), [3]);
  assert.deepEqual(await next(allFromEnd, 2), [3, 4]);
  assert.deepEqual(await next(unborn, 1), [4]);
});

test('filters choose by name or type, and checkpoints never pass an undelivered event', async () => {
  const name = stream('filtered');
  const { position: before } = await client.appendToStream(stream(), event(0));
  for (let n = 0; n < 20; n++) {
    await client.appendToStream(name, event(n, randomUUID(), n % 2 ? 'Odd' : 'Even'));
    await client.appendToStream(stream('noise'), event(-1, randomUUID(), n % 2 ? '$system' : 'Noise'));
  }
  const log: bigint[] = [];
  const checkpointReached = async (_: unknown, { commit }: { commit: bigint }) => void log.push(-commit);
  const collect = async (filter: Filter, count: number) => {
    const got: unknown[] = [];
    for await (const { event } of client.subscribeToAll({ fromPosition: before!, filter })) {
      got.push((event!.data as { n: number }).n);
      log.push(event!.position!.commit);
      if (got.length === count) break;
    }
    return got;
  };
  const all = Array.from({ length: 20 }, (_, n) => n);
  const window = { maxSearchWindow: 5, checkpointInterval: 1, checkpointReached };
  assert.deepEqual(await collect(streamNameFilter({ prefixes: [name], ...window }), 20), all);
  assert.ok(
    log.some((entry) => entry < 0n),
    'there were checkpoints',
  );
  let highest = 0n;
  for (const entry of log) {
    if (entry > 0n) assert.ok(entry > highest, 'an event below a checkpoint already told');
    highest = entry < 0n ? -entry : entry;
  }
  const odd = all.filter((n) => n % 2 === 1);
  assert.deepEqual(await collect(eventTypeFilter({ regex: '^Odd$' }), 10), odd);
  assert.deepEqual(await collect(streamNameFilter({ regex: `^${name}` }), 20), all);
  const noSystem = await collect(excludeSystemEvents(), 30);
  assert.equal(noSystem.filter((n) => n === -1).length, 10, 'every other noise is a system event');
  const broken = client.subscribeToAll({ filter: eventTypeFilter({ regex: '(' }) });
  await assert.rejects(next(broken, 1), /not a regular expression/);
});

test('a checkpoint comes also when nothing matches', async () => {
  const checkpoint = new Promise<bigint>((resolve) => {
    const filter = streamNameFilter({
      prefixes: ['nothing is called so'],
      checkpointReached: async (_, { commit }) => resolve(commit),
    });
    const subscription = client.subscribeToAll({ filter });
    subscription.on('data', () => {});
  });
  assert.ok((await checkpoint) > 0n);
});

test('a subscriber that does not read holds up nobody and misses nothing', async () => {
  const name = stream('slow');
  const slow = client.subscribeToStream(name);
  await confirmed(slow);
  const filler = 'x'.repeat(20_000);
  for (let n = 0; n < 30; n++) {
    const batch = Array.from({ length: 30 }, (_, i) =>
      jsonEvent({ type: 'Big', data: { n: n * 30 + i, filler } }),
    );
    await client.appendToStream(name, batch);
  }
  assert.deepEqual(
    await next(slow, 900),
    Array.from({ length: 900 }, (_, n) => n),
  );
});
