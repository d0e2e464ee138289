import assert from 'node:assert/strict';
import { it } from 'node:test';
import { convertGrpcEvent } from '@eventstore/db-client/dist/utils/convertGrpcEvent.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { type Answer, answerOf } from './answer.js';
import { decodeRecord, encodeRecord } from './embedded/engine/record.js';
import { eventResponse } from './embedded/face/read-response.js';
import { stored } from './subscription.eventstore.js';

const { ReadResp } = messages;
const { ReadEvent, Checkpoint, StreamNotFound, SubscriptionConfirmation } = ReadResp;
type ReadResp = InstanceType<typeof ReadResp>;

const text = fc.string({ maxLength: 40, unit: 'grapheme' }).filter((some) => !some.startsWith('\ufeff'));
const bytes = fc.uint8Array({ maxLength: 60 });
const json = fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)));
const number = fc.oneof(fc.nat(300), fc.maxSafeNat()).map(String);
const missing = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 6 });
const entries = fc.record({
  type: missing(text),
  'content-type': missing(
    fc.constantFrom('application/json', 'application/octet-stream', 'application/jsom'),
  ),
  created: missing(number),
  tipe: missing(text),
  types: missing(text),
});
const recorded = fc.record({
  id: fc.uuid({ version: [1, 2, 3, 4, 5] }),
  asText: fc.boolean(),
  stream: text,
  revision: fc.oneof(number, fc.constant(String(2n ** 63n - 1n))),
  prepare: number,
  commit: fc.oneof(number, fc.constant(String(2n ** 64n - 1n))),
  entries,
  custom: missing(fc.oneof(json, bytes)),
  data: missing(fc.oneof(json, bytes)),
});
type Recorded = typeof recorded extends fc.Arbitrary<infer T> ? T : never;

function inHalves(id: string) {
  const hex = id.replaceAll('-', '');
  const half = (from: number) => String(BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)));
  return new shared.UUID.Structured().setMostSignificantBits(half(0)).setLeastSignificantBits(half(16));
}

function message(of: Recorded) {
  const id = new shared.UUID();
  if (of.asText) id.setString(of.id);
  else id.setStructured(inHalves(of.id));
  const event = new ReadEvent.RecordedEvent()
    .setId(id)
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(of.stream)))
    .setStreamRevision(of.revision)
    .setPreparePosition(of.prepare)
    .setCommitPosition(of.commit)
    .setCustomMetadata(of.custom ?? '')
    .setData(of.data ?? '');
  for (const [key, value] of Object.entries(of.entries)) {
    if (value !== undefined) event.getMetadataMap().set(key, value);
  }
  return event;
}

const onTheWire = (response: ReadResp) => answerOf(Buffer.from(response.serializeBinary()));

/** What the official client and `stored` make of the same bytes. */
function byTheClient(message: Uint8Array): Answer {
  const { event } = convertGrpcEvent(ReadResp.deserializeBinary(message).getEvent()!);
  return event ? stored(event as Parameters<typeof stored>[0]) : 'nothing';
}

it('an event is read off the wire as the official client reads it, whatever is in it or missing', () => {
  fc.assert(
    fc.property(missing(recorded), missing(recorded), missing(number), (event, link, position) => {
      const read = new ReadEvent();
      if (event) read.setEvent(message(event));
      if (link) read.setLink(message(link));
      if (position) read.setCommitPosition(position);
      const response = new ReadResp().setEvent(read);
      assert.deepEqual(onTheWire(response), byTheClient(response.serializeBinary()));
    }),
    { numRuns: 500 },
  );
});

it('the embedded node writes what is empty too, and it is read alike', () => {
  const place = { stream: 's', position: 7, revision: 1, created: 1_000 };
  const none = new Uint8Array();
  for (const isJson of [true, false]) {
    const event = { id: new Uint8Array(16), type: 'T', isJson, data: none, metadata: none };
    const record = decodeRecord(encodeRecord(event, place), place.position);
    const response = eventResponse({ event: record, link: record }, false);
    assert.deepEqual(answerOf(response), byTheClient(response));
  }
});

it('what else a server says is no event', () => {
  const { StreamIdentifier } = shared;
  const gone = new StreamNotFound().setStreamIdentifier(
    new StreamIdentifier().setStreamName(Buffer.from('s')),
  );
  assert.equal(onTheWire(new ReadResp().setStreamNotFound(gone)), 'no_stream');
  const others = [
    new ReadResp().setConfirmation(new SubscriptionConfirmation().setSubscriptionId('an id')),
    new ReadResp().setCheckpoint(new Checkpoint().setCommitPosition('7').setPreparePosition('7')),
    new ReadResp().setCaughtUp(new ReadResp.CaughtUp()),
    new ReadResp().setFirstStreamPosition('7'),
    new ReadResp(),
  ];
  for (const other of others) assert.equal(onTheWire(other), 'nothing', String(other));
});

it('parts that only later servers send are passed over, and a message that is cut off is an error', () => {
  const [one] = fc.sample(recorded, { numRuns: 1, seed: 1 });
  const whole = Buffer.from(
    new ReadResp().setEvent(new ReadEvent().setEvent(message(one!))).serializeBinary(),
  );
  const unheard = Buffer.from([
    ...[(15 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8],
    ...[(14 << 3) | 5, 1, 2, 3, 4],
    ...[(13 << 3) | 0, 200, 1],
    ...[(12 << 3) | 2, 2, 9, 9],
  ]);
  assert.deepEqual(answerOf(Buffer.concat([unheard, whole, unheard])), answerOf(whole));
  for (let length = 1; length < whole.length; length++)
    assert.throws(() => answerOf(whole.subarray(0, length)), /too early|UUID/);
});

it('bytes that are no JSON do not keep the message that they came in', () => {
  const [one] = fc.sample(recorded, { numRuns: 1, seed: 1 });
  const event = message({ ...one!, entries: {} as Recorded['entries'], data: new Uint8Array([1, 2, 3]) });
  const { data } = onTheWire(new ReadResp().setEvent(new ReadEvent().setEvent(event))) as {
    data: Uint8Array;
  };
  assert.deepEqual([data, data.buffer.byteLength], [new Uint8Array([1, 2, 3]), 3]);
});
