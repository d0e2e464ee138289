import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import * as grpc from '@grpc/grpc-js';
import fc from 'fast-check';
import { keyOfId } from '../../groups/entry.js';
import { recordAt } from '../../groups/testing.js';
import { eventResponse } from '../read-response.js';
import { persistentMessages, shared } from '../stubs.js';
import { type Bench, events, openBench, stream } from '../testing.js';
import { formatUuid, parseUuidMessage } from '../uuid.js';
import { until } from './testing.js';
import { parseSaid } from './wire.js';

const { PersistentSubscriptionsClient } = createRequire(import.meta.url)(
  '@eventstore/db-client/generated/persistent_grpc_pb.js',
);
const { CreateReq, UpdateReq, ReadReq, ReadResp, GetInfoReq } = persistentMessages;

let bench: Bench;
let raw: InstanceType<typeof PersistentSubscriptionsClient>;

before(async () => {
  bench = await openBench();
  raw = new PersistentSubscriptionsClient(`127.0.0.1:${bench.face.port}`, grpc.credentials.createInsecure());
});
after(async () => {
  raw.close();
  await bench.close();
});

const call = <Answer>(method: string, request: unknown): Promise<Answer> =>
  new Promise((resolve, reject) => {
    raw[method](request, (error: Error | null, answer: Answer) => (error ? reject(error) : resolve(answer)));
  });

const identifier = (name: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(name));
const empty = () => new shared.Empty();

function settings(change: (settings: InstanceType<typeof CreateReq.Settings>) => unknown = () => {}) {
  const made = new CreateReq.Settings()
    .setHistoryBufferSize(500)
    .setReadBatchSize(20)
    .setMaxCheckpointCount(1000)
    .setMaxRetryCount(10);
  change(made.setMessageTimeoutMs(30_000));
  return made;
}

function creation(name: string, group: string, made = settings()) {
  const source = new CreateReq.StreamOptions().setStreamIdentifier(identifier(name)).setStart(empty());
  return new CreateReq().setOptions(
    new CreateReq.Options().setStream(source).setGroupName(group).setSettings(made),
  );
}

const info = async (name: string, group: string) => {
  const options = new GetInfoReq.Options().setStreamIdentifier(identifier(name)).setGroupName(group);
  const answer = await call<{
    getSubscriptionInfo(): InstanceType<typeof persistentMessages.SubscriptionInfo>;
  }>('getInfo', new GetInfoReq().setOptions(options));
  return answer.getSubscriptionInfo();
};

function asked(name: string, group: string, size = 10) {
  const options = new ReadReq.Options()
    .setStreamIdentifier(identifier(name))
    .setGroupName(group)
    .setBufferSize(size);
  return new ReadReq().setOptions(options);
}

/** A consumer without the official client: what it is answered, and how it ends. */
function consumer(first: unknown, metadata = new grpc.Metadata()) {
  const got: InstanceType<typeof ReadResp>[] = [];
  const read = raw.read(metadata);
  const ended = new Promise<grpc.ServiceError>((resolve) => read.on('error', resolve));
  read.on('data', (response: InstanceType<typeof ReadResp>) => void got.push(response));
  read.write(first);
  return { got, read, ended };
}

const uuids = fc.array(fc.uint8Array({ minLength: 16, maxLength: 16 }), { maxLength: 5 });

test('acks and nacks written by the generated classes are read by hand as they were meant', () => {
  const ids = (found: Uint8Array[]) => found.map((id) => new shared.UUID().setString(formatUuid(id)));
  const actions = ['unknown', 'park', 'retry', 'skip', 'stop'] as const;
  fc.assert(
    fc.property(uuids, fc.nat(4), fc.string({ unit: 'grapheme' }), (found, action, reason) => {
      const keys = found.map((id) => keyOfId(Buffer.from(id)));
      const ack = new ReadReq().setAck(new ReadReq.Ack().setIdsList(ids(found)));
      assert.deepEqual(parseSaid(ack.serializeBinary()), { say: 'ack', ids: keys });
      const nack = new ReadReq.Nack()
        .setIdsList(ids(found))
        .setAction(action as never)
        .setReason(reason);
      assert.deepEqual(parseSaid(new ReadReq().setNack(nack).serializeBinary()), {
        say: 'nack',
        ids: keys,
        action: actions[action],
        reason,
      });
    }),
  );
});

test('an event with its count of retries is written by hand as the generated classes read it', () => {
  for (const retries of [0, 1, 300]) {
    const record = recordAt(7, { data: '{"n":1}' });
    const answer = ReadResp.deserializeBinary(eventResponse({ event: record, link: record }, false, retries));
    const got = answer.getEvent()!;
    assert.deepEqual(
      [got.hasRetryCount(), got.getRetryCount(), got.getCommitPosition()],
      [true, retries, '7'],
    );
    assert.equal(Buffer.from(got.getLink()!.getData_asU8()).toString(), '{"n":1}');
  }
});

test('strategies by name: those there are, and none other', async () => {
  const name = stream('strategies');
  for (const strategy of ['RoundRobin', 'DispatchToSingle', 'Pinned', 'PinnedByCorrelation']) {
    await call(
      'create',
      creation(
        name,
        strategy,
        settings((made) => made.setConsumerStrategy(strategy)),
      ),
    );
    assert.equal((await info(name, strategy)).getNamedConsumerStrategy(), strategy);
  }
  const unknown = call(
    'create',
    creation(
      name,
      'unknown',
      settings((made) => made.setConsumerStrategy('Mine')),
    ),
  );
  await assert.rejects(unknown, (error: grpc.ServiceError) => {
    assert.equal(error.code, grpc.status.INTERNAL);
    assert.deepEqual(error.metadata.get('reason'), ['Consumer strategy Mine does not exist.']);
    return true;
  });
  for (const [number, strategy] of ['DispatchToSingle', 'RoundRobin', 'Pinned'].entries()) {
    const numbered = settings((made) => made.setNamedConsumerStrategy(number as never));
    await call('create', creation(name, `old ${strategy}`, numbered));
    assert.equal((await info(name, `old ${strategy}`)).getNamedConsumerStrategy(), strategy);
  }
});

test('requests of older clients: the stream and the revision elsewhere, times in ticks', async () => {
  const name = stream('older');
  const made = settings((old) =>
    old.setRevision('5').setMessageTimeoutTicks('12340000').setCheckpointAfterTicks('20000000'),
  );
  const options = new CreateReq.Options()
    .setStreamIdentifier(identifier(name))
    .setGroupName('g')
    .setSettings(made);
  await call('create', new CreateReq().setOptions(options));
  const told = await info(name, 'g');
  assert.equal(told.getStartFrom(), '5');
  assert.equal(told.getMessageTimeoutMilliseconds(), 1234);
  assert.equal(told.getCheckPointAfterMilliseconds(), 2000);
  const update = new UpdateReq.Settings()
    .setHistoryBufferSize(9)
    .setReadBatchSize(3)
    .setRevision('18446744073709551615');
  const changed = new UpdateReq.Options()
    .setStreamIdentifier(identifier(name))
    .setGroupName('g')
    .setSettings(update);
  await call('update', new UpdateReq().setOptions(changed));
  const after = await info(name, 'g');
  assert.deepEqual([after.getStartFrom(), after.getBufferSize()], ['-1', 9]);
});

test('ids as two numbers unless text is asked for; who and from where is told', async () => {
  const name = stream('raw');
  await bench.client.appendToStream(name, events(1));
  await call('create', creation(name, 'g'));
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Basic ${Buffer.from('someone:secret').toString('base64')}`);
  const { got, read } = consumer(asked(name, 'g'), metadata);
  await until(() => got.length === 2);
  assert.equal(got[0]!.getSubscriptionConfirmation()!.getSubscriptionId(), `${name}::g`);
  const id = got[1]!.getEvent()!.getEvent()!.getId()!;
  assert.equal(id.hasStructured(), true);
  const [connection] = (await info(name, 'g')).getConnectionsList();
  assert.deepEqual([connection!.getUsername(), connection!.getConnectionName()], ['someone', '<unknown>']);
  read.write(new ReadReq().setNack(new ReadReq.Nack().setIdsList([id])));
  await until(() => got.length === 3);
  assert.equal(got[2]!.getEvent()!.getRetryCount(), 1, 'an unknown nack is a retry');
  assert.deepEqual(
    parseUuidMessage(got[2]!.getEvent()!.getEvent()!.getId()!.serializeBinary()),
    parseUuidMessage(id.serializeBinary()),
  );
  read.write(new ReadReq().setAck(new ReadReq.Ack().setIdsList([id])));
  await until(async () => (await info(name, 'g')).getOutstandingMessagesCount() === 0);
  read.on('error', () => {});
  read.cancel();
});

test('a consumer that says what makes no sense is refused, and what it had goes to others', async () => {
  const name = stream('senseless');
  await bench.client.appendToStream(name, events(2));
  await call('create', creation(name, 'g'));
  const ack = new ReadReq().setAck(new ReadReq.Ack());
  assert.equal((await consumer(ack).ended).code, grpc.status.INVALID_ARGUMENT);
  assert.equal((await consumer(asked(name, 'g', 0)).ended).code, grpc.status.INVALID_ARGUMENT);
  assert.equal(
    (await consumer(new ReadReq().setOptions(new ReadReq.Options())).ended).code,
    grpc.status.INVALID_ARGUMENT,
  );
  const twice = consumer(asked(name, 'g'));
  await until(() => twice.got.length === 3);
  twice.read.write(asked(name, 'g'));
  assert.equal((await twice.ended).code, grpc.status.INVALID_ARGUMENT);
  const next = consumer(asked(name, 'g'));
  await until(() => next.got.length === 3);
  assert.equal(next.got[1]!.getEvent()!.getRetryCount(), 1);
  next.read.cancel();
  for (const method of ['create', 'update', 'delete', 'getInfo', 'list', 'replayParked']) {
    const Request = persistentMessages[`${method[0]!.toUpperCase()}${method.slice(1)}Req` as 'CreateReq'];
    await assert.rejects(call(method, new Request()), { code: grpc.status.INVALID_ARGUMENT }, method);
  }
});

test('a consumer that only closes its side goes on receiving', async () => {
  const name = stream('closed');
  await call('create', creation(name, 'g'));
  const { got, read } = consumer(asked(name, 'g'));
  await until(() => got.length === 1);
  read.end();
  await bench.client.appendToStream(name, events(2));
  await until(() => got.length === 3);
  read.cancel();
});
