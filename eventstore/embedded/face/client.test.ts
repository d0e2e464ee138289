import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  type AllStreamSubscription,
  BACKWARDS,
  binaryEvent,
  END,
  ErrorType,
  EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  type Filter,
  jsonEvent,
  START,
  type StreamSubscription,
  streamNameFilter,
} from '@eventstore/db-client';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { credentials as channel } from '@grpc/grpc-js';
import { type Engine, openEngine } from '../engine/engine.js';
import { temporaryFolder } from '../engine/testing.js';
import { type Face, openFace } from './server.js';
import { shared, streamMessages } from './stubs.js';

const { StreamsClient } = streamsGrpc;
const { AppendReq } = streamMessages;

/** The official client against the node, in one process: what it sees is what a real server would show it. */
let engine: Engine;
let face: Face;
let client: EventStoreDBClient;
let lenient: EventStoreDBClient;
const cleaning: (() => void)[] = [];

before(async () => {
  engine = await openEngine({ dir: temporaryFolder({ after: (clean) => cleaning.push(clean) }) });
  face = await openFace(engine);
  client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${face.port}?tls=false`);
  lenient = EventStoreDBClient.connectionString(
    `esdb://127.0.0.1:${face.port}?tls=false&throwOnAppendFailure=false`,
  );
});

after(async () => {
  await client.dispose();
  await lenient.dispose();
  face.close();
  await engine.close();
  for (const clean of cleaning) clean();
});

const event = (n: number, id = randomUUID(), type = 'Tested') =>
  jsonEvent({ id, type, data: { n }, metadata: { of: n } });
const events = (count: number, type?: string) =>
  Array.from({ length: count }, (_, n) => event(n, randomUUID(), type));
const stream = (name = 'stream') => `${name}-${randomUUID()}`;
const credentials = { username: 'admin', password: 'changeit' };
type Got = { event?: { data: unknown; revision: bigint } };

const numberOf = (event: Got['event']) => (event!.data as { n: unknown }).n;

async function numbers(read: AsyncIterable<Got>): Promise<unknown[]> {
  const got: unknown[] = [];
  for await (const { event } of read) got.push(numberOf(event));
  return got;
}

/** The next `count` events of a subscription. */
async function next(subscription: AsyncIterable<Got>, count: number): Promise<unknown[]> {
  const got: unknown[] = [];
  for await (const { event } of subscription) {
    got.push(numberOf(event));
    if (got.length === count) break;
  }
  return got;
}

const confirmed = (subscription: AllStreamSubscription | StreamSubscription) =>
  new Promise((resolve) => subscription.once('confirmation', () => resolve(undefined)));

test('an event comes back as it was sent', async () => {
  const name = stream('流');
  const json = jsonEvent({ type: 'Játék', data: { text: '太强了' }, metadata: { $correlationId: 'c' } });
  const binary = binaryEvent({
    type: 'Raw',
    data: Uint8Array.from([0, 1, 255]),
    metadata: Uint8Array.from([9]),
  });
  const at = Date.now();
  const result = await client.appendToStream(name, [json, binary]);
  assert.equal(result.success, true);
  assert.equal(result.nextExpectedRevision, 1n);
  const read = [];
  for await (const resolved of client.readStream(name)) read.push(resolved);
  const [first, second] = read.map((resolved) => resolved.event!);
  assert.deepEqual(
    { id: first!.id, type: first!.type, data: first!.data, metadata: first!.metadata, isJson: first!.isJson },
    { id: json.id, type: 'Játék', data: { text: '太强了' }, metadata: { $correlationId: 'c' }, isJson: true },
  );
  assert.ok(Math.abs(first!.created.getTime() - at) < 5000);
  assert.equal(first!.streamId, name);
  assert.deepEqual([...(second!.data as Uint8Array)], [0, 1, 255]);
  assert.deepEqual([...(second!.metadata as Uint8Array)], [9]);
  assert.equal(second!.isJson, false);
  assert.equal(read[1]!.commitPosition, result.position!.commit);
  assert.equal(second!.revision, 1n);
});

for (const [how, options] of [
  ['batch', {}],
  ['classic', { credentials }],
] as const) {
  test(`expectations by ${how} append`, async () => {
    const name = stream();
    const append = (expectedRevision: 'any' | 'no_stream' | 'stream_exists' | bigint, by = client) =>
      by.appendToStream(name, event(1), { expectedRevision, ...options });
    const wrong = (expectedVersion: unknown, actualVersion: unknown) => ({
      type: ErrorType.WRONG_EXPECTED_VERSION,
      streamName: name,
      expectedVersion,
      actualVersion,
    });
    await assert.rejects(append('stream_exists'), wrong('stream_exists', 'no_stream'));
    await assert.rejects(append(4n), wrong(4n, 'no_stream'));
    assert.equal((await append('no_stream')).nextExpectedRevision, 0n);
    await assert.rejects(append('no_stream'), wrong('no_stream', 0n));
    assert.equal((await append(0n)).nextExpectedRevision, 1n);
    assert.equal((await append('stream_exists')).nextExpectedRevision, 2n);
    assert.equal((await append('any')).nextExpectedRevision, 3n);
    assert.equal((await append('no_stream', lenient)).success, false);
    const retried = event(7);
    const written = await client.appendToStream(name, retried, { expectedRevision: 3n, ...options });
    const again = await client.appendToStream(name, retried, { expectedRevision: 3n, ...options });
    assert.deepEqual(again, written);
    assert.deepEqual(await numbers(client.readStream(name)), [1, 1, 1, 1, 7]);
  });

  test(`what ${how} append refuses`, async () => {
    const name = stream();
    await assert.rejects(
      client
        .appendToStream(name, event(1, undefined, 'T'), options)
        .then(() =>
          client.appendToStream(name, jsonEvent({ type: 'Big', data: 'x'.repeat(2 ** 20) }), options),
        ),
      { type: ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED, maxAppendSize: 2 ** 20 },
    );
    await assert.rejects(client.appendToStream(name, event(1, 'no uuid' as never), options), /./);
    await client.tombstoneStream(name);
    await assert.rejects(client.appendToStream(name, event(1), options), {
      type: ErrorType.STREAM_DELETED,
      streamName: name,
    });
    assert.equal((await client.appendToStream(stream(), event(1), options)).success, true, 'and goes on');
  });
}

test('an append of more than one message is one append', async () => {
  const name = stream();
  const many = events(600);
  const [one, two] = await Promise.all([
    client.appendToStream(name, many, { batchAppendSize: 4000, expectedRevision: 'no_stream' }),
    client.appendToStream(stream(), events(300), { batchAppendSize: 4000 }),
  ]);
  assert.equal(one.nextExpectedRevision, 599n);
  assert.equal(two.nextExpectedRevision, 299n);
  assert.deepEqual(
    await numbers(client.readStream(name)),
    many.map(({ data }) => data.n),
  );
});

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
    cleaning.push(() => void subscription.unsubscribe());
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

test('a classic append happens only when its call is ended cleanly', async () => {
  const before = engine.head();
  const raw = new StreamsClient(`127.0.0.1:${face.port}`, channel.createInsecure());
  const name = stream('cancelled');
  const options = new AppendReq.Options();
  options.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(name)));
  options.setAny(new shared.Empty());
  const message = new AppendReq.ProposedMessage();
  message.setId(new shared.UUID().setString(randomUUID()));
  message.getMetadataMap().set('type', 'T').set('content-type', 'application/json');
  const send = () => {
    const call = raw.append(() => {});
    call.on('error', () => {});
    call.write(new AppendReq().setOptions(options));
    call.write(new AppendReq().setProposedMessage(message));
    return call;
  };
  for (let n = 0; n < 20; n++) {
    const cancelled = send();
    await new Promise((resolve) => setTimeout(resolve, n));
    cancelled.cancel();
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(engine.head(), before);
  const torn = send();
  await new Promise((resolve) => setTimeout(resolve, 50));
  raw.close();
  torn.cancel();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(engine.head(), before);
});

test('a cluster of one can be discovered, and what is not there yet says so', async () => {
  const discovering = EventStoreDBClient.connectionString(`esdb+discover://127.0.0.1:${face.port}?tls=false`);
  assert.equal((await discovering.appendToStream(stream(), event(1))).success, true);
  await discovering.dispose();
  await assert.rejects(client.listAllPersistentSubscriptions(), /./);
  await assert.rejects(client.listProjections(), /UNIMPLEMENTED/);
});
