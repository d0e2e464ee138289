import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeRecord, encodeRecord } from '../engine/record.js';
import {
  caughtUpResponse,
  checkpointResponse,
  confirmationResponse,
  eventResponse,
  firstPositionResponse,
  lastPositionResponse,
  streamNotFoundResponse,
} from './read-response.js';
import { parseWriteOptions } from './streams/options.js';
import { Empty, shared, streamMessages } from './stubs.js';
import { formatUuid, parseUuidMessage } from './uuid.js';

const { ReadResp, BatchAppendReq } = streamMessages;

const bytes = (max: number) => fc.uint8Array({ maxLength: max });
const text = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const recorded = fc.record({
  event: fc.record({
    id: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    type: text,
    isJson: fc.boolean(),
    data: bytes(300),
    metadata: bytes(300),
  }),
  place: fc.record({
    stream: text,
    position: fc.integer({ min: 1, max: 2 ** 48 }),
    revision: fc.integer({ min: -1, max: 2 ** 40 }),
    created: fc.integer({ min: 0, max: 4e12 }),
  }),
});

test('an event put on the wire by hand reads as the generated classes would have written it', () => {
  fc.assert(
    fc.property(recorded, fc.boolean(), ({ event, place }, structured) => {
      const record = decodeRecord(encodeRecord(event, place), place.position);
      const message = ReadResp.deserializeBinary(eventResponse({ event: record, link: record }, structured));
      assert.equal(message.getEvent()!.getCommitPosition(), String(place.position));
      for (const got of [message.getEvent()!.getEvent()!, message.getEvent()!.getLink()!]) {
        assert.deepEqual(parseUuidMessage(got.getId()!.serializeBinary()), Buffer.from(event.id));
        if (!structured) assert.equal(got.getId()!.getString(), formatUuid(event.id));
        assert.equal(Buffer.from(got.getStreamIdentifier()!.getStreamName_asU8()).toString(), place.stream);
        const revision = place.revision < 0 ? String(2n ** 63n - 1n) : String(place.revision);
        assert.equal(got.getStreamRevision(), revision);
        assert.equal(got.getPreparePosition(), String(place.position));
        assert.equal(got.getCommitPosition(), String(place.position));
        assert.deepEqual(got.getData_asU8(), event.data);
        assert.deepEqual(got.getCustomMetadata_asU8(), event.metadata);
        assert.deepEqual(got.getMetadataMap().toArray().toSorted(), [
          ['content-type', event.isJson ? 'application/json' : 'application/octet-stream'],
          ['created', `${place.created}0000`],
          ['type', event.type],
        ]);
      }
    }),
    { numRuns: 200 },
  );
});

test('any byte of a record that is flipped is found', () => {
  fc.assert(
    fc.property(recorded, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ event, place }, at, mask) => {
      const record = encodeRecord(event, place);
      record[at % record.length]! ^= mask;
      assert.throws(() => decodeRecord(record, place.position), { kind: 'corrupt' });
    }),
  );
});

test('what else a read answers', () => {
  const read = (response: Uint8Array) => ReadResp.deserializeBinary(response);
  assert.equal(read(confirmationResponse('an id')).getConfirmation()!.getSubscriptionId(), 'an id');
  const checkpoint = read(checkpointResponse(2 ** 45)).getCheckpoint()!;
  assert.equal(checkpoint.getCommitPosition(), String(2 ** 45));
  assert.equal(checkpoint.getPreparePosition(), String(2 ** 45));
  const missing = read(streamNotFoundResponse('流'.repeat(80))).getStreamNotFound()!;
  assert.equal(Buffer.from(missing.getStreamIdentifier()!.getStreamName_asU8()).toString(), '流'.repeat(80));
  assert.ok(read(caughtUpResponse).hasCaughtUp());
  assert.equal(read(firstPositionResponse(300)).getFirstStreamPosition(), '300');
  assert.equal(read(lastPositionResponse(7)).getLastStreamPosition(), '7');
});

test('the options of a write are read as they were meant', () => {
  const options = new BatchAppendReq.Options();
  options.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from('s')));
  assert.throws(() => parseWriteOptions(options.serializeBinary()), /expected revision/);
  options.setStreamPosition('77');
  assert.deepEqual(parseWriteOptions(options.serializeBinary()), {
    stream: 's',
    expected: 77,
    deadline: undefined,
  });
  options.setStreamExists(new Empty());
  assert.equal(parseWriteOptions(options.serializeBinary()).expected, 'stream_exists');
  options.setNoStream(new Empty());
  assert.equal(parseWriteOptions(options.serializeBinary()).expected, 'no_stream');
  assert.throws(() => parseWriteOptions(new Uint8Array([10, 200])), /too early/);
});
