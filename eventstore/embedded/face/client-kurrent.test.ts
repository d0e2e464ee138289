import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  BACKWARDS,
  binaryEvent,
  END,
  jsonEvent,
  KurrentDBClient,
  type PersistentSubscriptionToAll,
  type PersistentSubscriptionToStream,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { temporaryFolder } from '../engine/testing.js';
import { type EmbeddedNode, startEmbeddedNode } from '../start.js';

// Another client than the one that the product uses: it reads through a native library of its own. The two share the
// global names of google-protobuf, and so cannot live in one process.
let node: EmbeddedNode;
let client: KurrentDBClient;
const cleaners: (() => void)[] = [];

before(async () => {
  node = await startEmbeddedNode({ dir: temporaryFolder({ after: (clean) => cleaners.push(clean) }) });
  client = KurrentDBClient.connectionString(node.url.replace('esdb:', 'kurrentdb:'));
});
after(async () => {
  await client.dispose();
  await node.stop();
  for (const clean of cleaners) clean();
});

const stream = () => `told-${randomUUID()}`;
const event = (type = 'Told') => jsonEvent({ id: randomUUID(), type, data: { a: '好' }, metadata: { b: 2 } });
const events = (count: number) => Array.from({ length: count }, () => event());
const filter = (name: string) => ({ filter: streamNameFilter({ prefixes: [name] }) });

type Read = { event?: { revision: bigint; type: string } };
const isThrough = (read: number[], count: number) => read.length === count;

async function revisions(source: AsyncIterable<Read>, count = Number.POSITIVE_INFINITY): Promise<number[]> {
  const read: number[] = [];
  if (count === 0) return read;
  for await (const { event } of source) {
    read.push(Number(event!.revision));
    if (isThrough(read, count)) break;
  }
  return read;
}

describe('the KurrentDB client', () => {
  it('appends where what is expected is true, once however often', async () => {
    const name = stream();
    const three = events(3);
    const first = await client.appendToStream(name, three, { streamState: 'no_stream' });
    assert.equal(first.nextExpectedRevision, 2n);
    assert.deepEqual(await client.appendToStream(name, three, { streamState: 'no_stream' }), first);
    for (const streamState of ['no_stream', 7n] as const)
      await assert.rejects(client.appendToStream(name, event(), { streamState }), {
        type: 'wrong-expected-version',
      });
    await client.appendToStream(name, event(), { streamState: 2n });
    await client.appendToStream(name, event(), { streamState: 'stream_exists' });
    await client.appendToStream(name, event(), { streamState: 'any' });
    assert.deepEqual(await revisions(client.readStream(name)), [0, 1, 2, 3, 4, 5]);
  });

  it('reads what was written, JSON and bytes, in a stream and in the whole log', async () => {
    const name = stream();
    const told = event();
    const bytes = binaryEvent({ id: randomUUID(), type: 'Bytes', data: Buffer.from([0, 255, 7]) });
    const { position } = await client.appendToStream(name, [told, bytes, event()]);
    const read = [];
    for await (const { event } of client.readStream(name, { maxCount: 2 })) read.push(event!);
    assert.deepEqual(
      read.map(({ id, type, isJson }) => ({ id, type, isJson })),
      [
        { id: told.id, type: 'Told', isJson: true },
        { id: bytes.id, type: 'Bytes', isJson: false },
      ],
    );
    assert.deepEqual([read[0]!.data, read[0]!.metadata], [told.data, told.metadata]);
    assert.deepEqual([...(read[1]!.data as Uint8Array)], [0, 255, 7]);
    const backwards = { direction: BACKWARDS, maxCount: 2 } as const;
    assert.deepEqual(await revisions(client.readStream(name, { ...backwards, fromRevision: END })), [2, 1]);
    assert.deepEqual(await revisions(client.readStream(name, { fromRevision: 1n })), [1, 2]);
    assert.deepEqual(await revisions(client.readAll({ ...backwards, fromPosition: END })), [2, 1]);
    const before = { ...backwards, fromPosition: position! };
    assert.deepEqual(await revisions(client.readAll(before)), [1, 0]);
    assert.deepEqual(await revisions(client.readAll(filter(name))), [0, 1, 2]);
  });

  it('is told of streams that are not there, are deleted, or are gone for ever', async () => {
    const name = stream();
    await assert.rejects(revisions(client.readStream(name)), { type: 'stream-not-found' });
    await client.appendToStream(name, events(3));
    await client.setStreamMetadata(name, { maxCount: 2 });
    assert.deepEqual((await client.getStreamMetadata(name)).metadata, { maxCount: 2 });
    assert.deepEqual(await revisions(client.readStream(name)), [1, 2]);
    await client.deleteStream(name);
    await assert.rejects(revisions(client.readStream(name)), { type: 'stream-not-found' });
    await client.appendToStream(name, event());
    assert.deepEqual(await revisions(client.readStream(name)), [3]);
    await client.tombstoneStream(name);
    await assert.rejects(revisions(client.readStream(name)), { type: 'stream-deleted' });
    await assert.rejects(client.appendToStream(name, event()), { type: 'stream-deleted' });
  });

  it('follows a stream and the whole log, from far back into what happens now, and from a place', async () => {
    const name = stream();
    await client.appendToStream(name, events(300));
    const position = (await client.appendToStream(name, event())).position!;
    const expected = Array.from({ length: 303 }, (_, n) => n);
    const following = [
      client.subscribeToStream(name),
      client.subscribeToAll(filter(name)),
      client.subscribeToStream(name, { fromRevision: 300n }),
      client.subscribeToAll({ fromPosition: position, ...filter(name) }),
    ];
    const counts = [303, 303, 2, 2];
    const told = Promise.all(following.map((one, nth) => revisions(one, counts[nth]!)));
    await client.appendToStream(name, event());
    await client.appendToStream(name, event());
    assert.deepEqual(await told, [expected, expected, [301, 302], [301, 302]]);
    await Promise.all(following.map((one) => one.unsubscribe()));
  });

  it('shares a stream through a persistent subscription: done, again, passed over, parked and replayed', async () => {
    const [name, group] = [stream(), 'readers'];
    await client.appendToStream(name, events(4));
    const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
    await client.createPersistentSubscriptionToStream(name, group, settings);
    await assert.rejects(client.createPersistentSubscriptionToStream(name, group, settings), {
      type: 'persistent-subscription-exists',
    });
    const subscription = client.subscribeToPersistentSubscriptionToStream(name, group);
    assert.deepEqual(await settled(subscription), [
      '0 0 ack',
      '1 0 retry',
      '2 0 skip',
      '3 0 park',
      '1 1 ack',
    ]);
    const parked = async () =>
      (await client.getPersistentSubscriptionToStreamInfo(name, group)).stats.parkedMessageCount;
    while ((await parked()) !== 1n) await new Promise(setImmediate);
    const again = client.subscribeToPersistentSubscriptionToStream(name, group);
    await client.replayParkedMessagesToStream(name, group);
    for await (const one of again) {
      assert.equal(one.event!.revision, 3n);
      await again.ack(one);
      break;
    }
    await again.unsubscribe();
    await client.updatePersistentSubscriptionToStream(name, group, settings);
    const listed = await client.listPersistentSubscriptionsToStream(name);
    assert.deepEqual(
      listed.map(({ groupName }) => groupName),
      [group],
    );
    await client.deletePersistentSubscriptionToStream(name, group);
    await assert.rejects(client.getPersistentSubscriptionToStreamInfo(name, group), {
      type: 'persistent-subscription-does-not-exist',
    });
  });

  it('shares what it picks of the whole log through a persistent subscription', async () => {
    const name = stream();
    await client.appendToStream(name, events(2));
    const settings = persistentSubscriptionToAllSettingsFromDefaults({ startFrom: START });
    await client.createPersistentSubscriptionToAll(name, settings, filter(name));
    const subscription: PersistentSubscriptionToAll = client.subscribeToPersistentSubscriptionToAll(name);
    const seen: number[] = [];
    void client.appendToStream(name, event());
    for await (const one of subscription) {
      seen.push(Number(one.event!.revision));
      await subscription.ack(one);
      if (isThrough(seen, 3)) break;
    }
    await subscription.unsubscribe();
    assert.deepEqual(seen, [0, 1, 2]);
    const listed = await client.listPersistentSubscriptionsToAll();
    assert.ok(listed.some(({ groupName }) => groupName === name));
    await client.deletePersistentSubscriptionToAll(name);
  });
});

/** The fate of each delivery, by the order of the events: `revision retries fate`, until one came a second time. */
async function settled(subscription: PersistentSubscriptionToStream): Promise<string[]> {
  const fates = ['ack', 'retry', 'skip', 'park'] as const;
  const seen: string[] = [];
  for await (const one of subscription) {
    const fate = one.retryCount > 0 ? 'ack' : fates[Number(one.event!.revision)]!;
    seen.push(`${one.event!.revision} ${one.retryCount} ${fate}`);
    if (fate === 'ack') await subscription.ack(one);
    else await subscription.nack(fate, 'tested', one);
    if (seen.length === 5) break;
  }
  await subscription.unsubscribe();
  return seen;
}
