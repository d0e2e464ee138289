import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from './entry.js';
import type { Group } from './group.js';
import { aGroup, keyOfRecord, recordAt, seatOf } from './testing.js';

function takeMany(group: Group, count: number, stream = 's'): string[] {
  return Array.from({ length: count }, (_, n) => {
    const record = recordAt(n + 1, { stream });
    group.take({ event: record }, n + 1);
    return keyOfRecord(record);
  });
}

const numbers = (entries: Entry[]) => entries.map(({ number }) => number);

test('a consumer gets what it has room for, in order, and the next when it settles one', () => {
  const { group } = aGroup();
  const ids = takeMany(group, 5);
  const seat = seatOf(2);
  group.join(seat);
  group.dispatch(0);
  assert.deepEqual(numbers(seat.sent), [0, 1]);
  group.ack([ids[1]!]);
  group.dispatch(0);
  assert.deepEqual(numbers(seat.sent), [0, 1, 2]);
  assert.deepEqual(group.mark(), { position: 0, count: 0 });
  group.ack([ids[0]!]);
  assert.deepEqual(group.mark(), { position: 2, count: 2 });
  assert.deepEqual(group.counts(), { fresh: 2, again: 0, outstanding: 1, delivered: 3, replaying: 0 });
});

test('what times out comes again before what is new, until it is parked', () => {
  const { group, parked } = aGroup({ messageTimeout: 10, maxRetryCount: 2 });
  takeMany(group, 3);
  const seat = seatOf(1);
  group.join(seat);
  for (const now of [0, 9, 10, 20]) {
    group.expire(now);
    group.dispatch(now);
  }
  assert.deepEqual(numbers(seat.sent), [0, 0, 0]);
  assert.equal(seat.sent[0]!.retries, 2);
  group.expire(30);
  group.dispatch(30);
  assert.deepEqual(
    parked.map(({ entry, reason }) => [entry.number, reason]),
    [[0, 'Reached retry count of 2']],
  );
  assert.equal(seat.sent.at(-1)!.number, 1);
  assert.equal(group.mark().position, 0, 'not settled before it is truly parked');
  group.parked(parked[0]!.entry, true);
  assert.equal(group.mark().position, 1);
});

test('what could not be parked is not lost', () => {
  const { group, parked } = aGroup();
  const [id] = takeMany(group, 1) as [string];
  const seat = seatOf(1);
  group.join(seat);
  group.dispatch(0);
  group.nack([id], 'park', 'bad');
  assert.equal(parked[0]!.reason, "Client explicitly NAK'ed message.\nbad");
  group.parked(parked[0]!.entry, false);
  group.dispatch(0);
  assert.deepEqual(numbers(seat.sent), [0, 0]);
});

test('each way to nack: park, retry, skip, stop, unknown', () => {
  const { group, parked } = aGroup({ maxRetryCount: 1 });
  const ids = takeMany(group, 5);
  const seat = seatOf(5);
  group.join(seat);
  group.dispatch(0);
  group.nack([ids[0]!], 'park', '');
  group.nack([ids[1]!], 'retry', '');
  group.nack([ids[2]!], 'skip', '');
  group.nack([ids[3]!], 'stop', '');
  group.nack([ids[4]!], 'unknown', '');
  group.dispatch(0);
  assert.deepEqual(numbers(seat.sent.slice(5)), [1, 4]);
  assert.deepEqual(numbers(parked.map(({ entry }) => entry)), [0]);
  group.nack([ids[1]!], 'retry', '');
  assert.equal(parked[1]!.reason, 'Reached retry count of 1');
});

test('what a consumer leaves behind goes to others, in order and first', () => {
  const { group } = aGroup();
  takeMany(group, 6);
  const leaving = seatOf(4);
  group.join(leaving);
  group.dispatch(0);
  const staying = seatOf(10);
  group.join(staying);
  group.leave(leaving);
  group.dispatch(0);
  assert.deepEqual(numbers(staying.sent), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(
    staying.sent.map(({ retries }) => retries),
    [1, 1, 1, 1, 0, 0],
  );
});

test('an ack that comes late, when the event already waits to be sent again, still counts', () => {
  const { group } = aGroup({ messageTimeout: 10 });
  const [id] = takeMany(group, 1) as [string];
  const seat = seatOf(1);
  group.join(seat);
  group.dispatch(0);
  group.expire(10);
  group.ack([id]);
  group.dispatch(10);
  assert.equal(seat.sent.length, 1);
  assert.equal(group.mark().position, 1);
});

test('events with one id are told apart by waiting for each other', () => {
  const { group } = aGroup();
  const record = recordAt(1);
  for (const position of [1, 2]) group.take({ event: record }, position);
  const seat = seatOf(5);
  group.join(seat);
  group.dispatch(0);
  assert.deepEqual(numbers(seat.sent), [0]);
  group.ack([keyOfRecord(record)]);
  group.dispatch(0);
  assert.deepEqual(numbers(seat.sent), [0, 1]);
  assert.equal(group.mark().position, 1);
});

test('what is passed over is gone by, and counted or not', () => {
  const { group } = aGroup();
  group.pass(1, true);
  group.pass(2, false);
  assert.deepEqual(group.mark(), { position: 2, count: 1 });
  group.take({ event: recordAt(3) }, 3);
  group.pass(4, true);
  assert.deepEqual(group.mark(), { position: 2, count: 1 });
});

test('what is replayed comes before what is new, and has a mark of its own', () => {
  const { group } = aGroup();
  takeMany(group, 2);
  const link = recordAt(0, { stream: 'parked', type: '$>' });
  group.replay({ link, event: recordAt(9) }, 0);
  group.passParked(1);
  const seat = seatOf(1);
  group.join(seat);
  group.dispatch(0);
  assert.equal(seat.sent[0]!.link, link);
  assert.equal(group.replayedMark().position, -1);
  group.ack([keyOfRecord(link)]);
  assert.equal(group.replayedMark().position, 1);
  assert.equal(group.mark().position, 0);
});

test('what is denied in any order comes again in its own', () => {
  const { group } = aGroup();
  const ids = takeMany(group, 4);
  const seat = seatOf(4);
  group.join(seat);
  group.dispatch(0);
  for (const n of [2, 0, 3, 1]) group.nack([ids[n]!], 'retry', '');
  group.dispatch(0);
  assert.deepEqual(numbers(seat.sent.slice(4)), [0, 1, 2, 3]);
});
