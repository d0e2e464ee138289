import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { BACKWARDS, binaryEvent, END, ErrorType, type EventStoreDBClient } from '@eventstore/db-client';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { credentials as channel, status } from '@grpc/grpc-js';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { shared, streamMessages } from './stubs.js';
import { type Bench, event, events, numbers, openBench, stream } from './testing.js';

const { BatchAppendReq, ReadReq } = streamMessages;
type ReadOptions = InstanceType<typeof ReadReq.Options>;
type Answer = InstanceType<typeof streamMessages.ReadResp>;

let bench: Bench;
let client: EventStoreDBClient;
let raw: InstanceType<typeof streamsGrpc.StreamsClient>;
before(async () => {
  bench = await openBench();
  ({ client } = bench);
  raw = new streamsGrpc.StreamsClient(`127.0.0.1:${bench.face.port}`, channel.createInsecure());
});
after(async () => {
  raw.close();
  await bench.close();
});

const identifier = (name: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(name));
const ofStream = (name: string, revision = 0) => {
  const source = new ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(name));
  return new ReadReq.Options().setStream(source.setRevision(String(revision)));
};
const text = () => new ReadReq.Options.UUIDOption().setString(new shared.Empty());

/** Complete options of a read of a stream, and then what `change` makes of them. */
function read(options: ReadOptions, change: (options: ReadOptions) => void = () => {}): Promise<Answer[]> {
  options.setCount('10').setNoFilter(new shared.Empty()).setUuidOption(text());
  change(options);
  return collect(raw.read(new ReadReq().setOptions(options)));
}

async function collect(call: AsyncIterable<unknown>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for await (const answer of call) answers.push(answer as Answer);
  return answers;
}

test('a read that leaves a choice open, or makes two that exclude each other, is refused', async () => {
  const name = stream();
  await client.appendToStream(name, event(1));
  assert.equal((await read(ofStream(name))).length, 1);
  const filter = new ReadReq.Options.FilterOptions();
  filter.setEventType(new ReadReq.Options.FilterOptions.Expression().setPrefixList(['T'])).setMax(32);
  for (const change of [
    (options: ReadOptions) => options.clearUuidOption(),
    (options: ReadOptions) => options.clearCount(),
    (options: ReadOptions) => options.clearNoFilter(),
    (options: ReadOptions) => options.clearStream(),
    (options: ReadOptions) => options.setFilter(filter),
    (options: ReadOptions) =>
      options.setReadDirection(1).setSubscription(new ReadReq.Options.SubscriptionOptions()),
  ])
    await assert.rejects(read(ofStream(name), change), { code: status.INVALID_ARGUMENT }, String(change));
});

test('ids are text for who asks for text, two numbers for everybody else', async () => {
  const name = stream();
  const one = event(1);
  await client.appendToStream(name, one);
  const idOf = (answers: Answer[]) => answers[0]!.getEvent()!.getEvent()!.getId()!;
  assert.equal(idOf(await read(ofStream(name))).getString(), one.id);
  for (const option of [
    new ReadReq.Options.UUIDOption(),
    new ReadReq.Options.UUIDOption().setStructured(new shared.Empty()),
  ]) {
    const id = idOf(await read(ofStream(name), (options) => options.setUuidOption(option)));
    const half = (bits: string) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
    const structured = id.getStructured()!;
    const hex = half(structured.getMostSignificantBits()) + half(structured.getLeastSignificantBits());
    assert.equal(hex, one.id.replaceAll('-', ''));
  }
});

test('who understands it is told where a stream begins and ends', async () => {
  const name = stream();
  await client.appendToStream(name, events(5));
  const control = (options: ReadOptions) =>
    options.setControlOption(new ReadReq.Options.ControlOption().setCompatibility(1));
  const edges = (answers: Answer[]) =>
    answers
      .filter((answer) => !answer.hasEvent())
      .map((answer) =>
        answer.hasFirstStreamPosition()
          ? `first ${answer.getFirstStreamPosition()}`
          : `last ${answer.getLastStreamPosition()}`,
      );
  assert.deepEqual(edges(await read(ofStream(name))), []);
  assert.deepEqual(edges(await read(ofStream(name), control)), ['last 4']);
  assert.deepEqual(edges(await read(ofStream(name, 9), control)), ['first 5', 'last 4']);
  await client.setStreamMetadata(name, { truncateBefore: 3 });
  assert.deepEqual(edges(await read(ofStream(name), control)), ['first 3', 'last 4']);
  const [missing] = await read(ofStream(stream('missing')), control);
  assert.ok(missing!.hasStreamNotFound());
});

/** Batch appends over one call, piece by piece. */
function batch() {
  const call = raw.batchAppend();
  const answers: InstanceType<typeof streamMessages.BatchAppendResp>[] = [];
  let heard = () => {};
  call.on('data', (answer) => {
    answers.push(answer);
    heard();
  });
  call.on('error', () => heard());
  return {
    send(id: string, { options, event: given, final }: Piece) {
      const request = new BatchAppendReq().setCorrelationId(new shared.UUID().setString(id));
      request.setIsFinal(final ?? false).setOptions(options);
      if (given) {
        const message = new BatchAppendReq.ProposedMessage().setData(Buffer.from(given.data ?? '{}'));
        message.setId(new shared.UUID().setString(given.id ?? randomUUID()));
        message.getMetadataMap().set('type', 'T').set('content-type', 'application/json');
        request.addProposedMessages(message);
      }
      call.write(request);
    },
    async answers(count: number) {
      while (answers.length < count) await new Promise<void>((resolve) => (heard = resolve));
      return new Map(answers.map((answer) => [answer.getCorrelationId()!.getString(), answer]));
    },
    end: () => call.end(),
  };
}
type Piece = {
  options?: InstanceType<typeof BatchAppendReq.Options>;
  event?: { id?: string; data?: string };
  final?: boolean;
};
const to = (name: string) =>
  new BatchAppendReq.Options().setStreamIdentifier(identifier(name)).setAny(new shared.Empty());
const at = (fromNow: number) => timestamp.Timestamp.fromDate(new Date(Date.now() + fromNow));
const kindOf = (answer?: { getError(): unknown }) => {
  const error = answer?.getError() as
    | { getCode(): number; getDetails(): { getTypeName(): string } }
    | undefined;
  return error && [error.getCode(), error.getDetails().getTypeName().split('.').at(-1)];
};

test('appends of one call in pieces, between each other, each with its own end', async () => {
  const { send, answers, end } = batch();
  const [one, two, gone] = [stream('one'), stream('two'), stream('gone')];
  await client.tombstoneStream(gone);
  const [a, b, c, d, e] = Array.from({ length: 5 }, () => randomUUID()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  send(a, { options: to(one), event: {} });
  send(b, { options: to(two), event: {} });
  send(a, { event: {} });
  send(c, { options: to(gone), event: {}, final: true });
  send(d, { options: to(one).setStreamPosition('7'), event: {}, final: true });
  send(e, { options: to(one), event: { id: 'no uuid' } });
  // The rest of what was answered already, and of what never began.
  send(e, { event: {}, final: true });
  send(randomUUID(), { event: {}, final: true });
  send(b, { event: {}, final: true });
  send(a, { event: {}, final: true });
  const all = await answers(5);
  assert.equal(all.get(a)!.getSuccess()!.getCurrentRevision(), '2');
  assert.equal(all.get(b)!.getSuccess()!.getCurrentRevision(), '1');
  assert.deepEqual(kindOf(all.get(c)), [status.NOT_FOUND, 'StreamDeleted']);
  assert.deepEqual(kindOf(all.get(d)), [status.ALREADY_EXISTS, 'WrongExpectedVersion']);
  assert.deepEqual(kindOf(all.get(e)), [status.INVALID_ARGUMENT, 'BadRequest']);
  assert.equal(all.size, 5);
  end();
});

test('an append whose time is over is answered so at once, whatever else is wrong with it', async () => {
  const { send, answers, end } = batch();
  const [late, unfinished] = [randomUUID(), randomUUID()];
  const name = stream();
  send(late, {
    options: to(name).setDeadline(at(-1)),
    event: { data: 'x'.repeat(2 ** 20) },
  });
  send(unfinished, { options: to(name).setDeadline(at(50)), event: {} });
  const all = await answers(2);
  for (const id of [late, unfinished])
    assert.deepEqual(kindOf(all.get(id)), [status.DEADLINE_EXCEEDED, 'Timeout']);
  end();
  await assert.rejects(client.appendToStream(name, events(3000), { deadline: 1, batchAppendSize: 1000 }), {
    type: ErrorType.DEADLINE_EXCEEDED,
  });
  await assert.rejects(numbers(client.readStream(name)), { type: ErrorType.STREAM_NOT_FOUND });
});

test('the least an append can be', async () => {
  for (const options of [{}, { credentials: { username: 'a', password: 'b' } }]) {
    const name = stream('leere');
    const none = await client.appendToStream(name, [], { expectedRevision: 'no_stream', ...options });
    assert.deepEqual([none.success, none.position], [true, undefined]);
    await assert.rejects(numbers(client.readStream(name)), { type: ErrorType.STREAM_NOT_FOUND });
    await client.appendToStream(name, binaryEvent({ type: 'T', data: new Uint8Array(0) }), options);
    for await (const { event } of client.readStream(name)) {
      assert.deepEqual([...(event!.data as Uint8Array)], []);
      assert.equal(event!.isJson, false);
    }
    await assert.rejects(client.appendToStream('$all', event(1), options));
    await assert.rejects(client.appendToStream('x'.repeat(2000), event(1), options));
    const metadata = { big: 'x'.repeat(2 ** 20) };
    await assert.rejects(client.appendToStream(name, { ...event(1), metadata } as never, options), {
      type: ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
    });
  }
});

test('deleting tells where, refuses what is not expected, and twice', async () => {
  const name = stream();
  await client.appendToStream(name, events(3));
  for (const remove of ['deleteStream', 'tombstoneStream'] as const) {
    await assert.rejects(client[remove](name, { expectedRevision: 1n }), {
      type: ErrorType.WRONG_EXPECTED_VERSION,
      streamName: name,
      expectedVersion: 1n,
      actualVersion: 2n,
    });
  }
  const deleted = await client.deleteStream(name, { expectedRevision: 2n });
  assert.equal(deleted.position!.commit, BigInt(bench.engine.head()));
  const ended = await client.tombstoneStream(name);
  assert.equal(ended.position!.commit, BigInt(bench.engine.head()));
  for (const remove of ['deleteStream', 'tombstoneStream'] as const)
    await assert.rejects(client[remove](name), { type: ErrorType.STREAM_DELETED, streamName: name });
  const last = client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 });
  for await (const { event } of last) assert.equal(event!.type, '$streamDeleted');
});
