import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { streamOf } from '../engine/record.js';
import type { Entry } from './entry.js';
import { type Group, groupOf } from './group.js';
import { strategyNames } from './settings.js';
import { strategyOf } from './strategies.js';
import { keyOfRecord, recordAt, seatOf } from './testing.js';

type Parked = { entry: Entry; reason: string };
type Changes = { messageTimeout?: number; maxRetryCount?: number; strategy?: (typeof strategyNames)[number] };

function aGroup({ strategy = 'RoundRobin', ...changes }: Changes = {}) {
  const parked: Parked[] = [];
  const group = groupOf({
    settings: { messageTimeout: 30_000, maxRetryCount: 10, historyBufferSize: 100, ...changes },
    strategy: strategyOf(strategy),
    after: 0,
    parkedAfter: -1,
    park: (entry, reason) => void parked.push({ entry, reason }),
  });
  return { group, parked };
}

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

const op = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take' as const), stream: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('join' as const), size: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), which: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ack' as const), which: fc.nat(50) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('nack' as const),
      which: fc.nat(50),
      action: fc.constantFrom('park', 'retry', 'skip', 'stop', 'unknown'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(15) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('parked' as const), done: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), counted: fc.boolean() }) },
);

test('whatever happens: nothing is lost, nothing comes again once settled, no mark is ahead of what is settled', () => {
  fc.assert(
    fc.property(fc.array(op, { maxLength: 120 }), fc.constantFrom(...strategyNames), (ops, strategy) => {
      const { group, parked } = aGroup({ strategy, messageTimeout: 10, maxRetryCount: 2 });
      const taken = new Map<string, number>();
      const settled = new Set<string>();
      const delivered: string[] = [];
      const seats: ReturnType<typeof seatOf>[] = [];
      let now = 0;
      let position = 0;
      const known = new Map<string, Entry>();
      const join = (size: number) => {
        const seat = seatOf(size);
        seat.send = (entry) => {
          assert.ok(!settled.has(entry.id), 'settled, and sent again');
          assert.ok(seat.inFlight <= seat.size);
          if (entry.retries === 0) delivered.push(entry.id);
          known.set(entry.id, entry);
          seat.sent.push(entry);
        };
        seats.push(seat);
        group.join(seat);
      };
      const finishParking = (done: boolean) => {
        const next = parked.shift();
        if (next === undefined) return;
        if (done) settled.add(next.entry.id);
        group.parked(next.entry, done);
      };
      const pick = (which: number) => [...known.values()][which % Math.max(1, known.size)];
      const settle = (entry: Entry | undefined, how: (id: string) => void) => {
        if (entry === undefined) return;
        // What is being parked is neither acked nor denied any more; what waits may be acked.
        const mine = entry.state === 'sent' || entry.state === 'waiting';
        how(entry.id);
        if (mine && entry.state === 'settled') settled.add(entry.id);
      };
      for (const step of ops) {
        if (step.do === 'take' && group.hasRoom(1)) {
          const record = recordAt(++position, { stream: `s${step.stream}` });
          taken.set(keyOfRecord(record), position);
          group.take({ event: record }, position);
        } else if (step.do === 'pass') group.pass(++position, step.counted);
        else if (step.do === 'join') join(step.size);
        else if (step.do === 'leave' && seats.length > 0)
          group.leave(seats.splice(step.which % seats.length, 1)[0]!);
        else if (step.do === 'ack') settle(pick(step.which), (id) => group.ack([id]));
        else if (step.do === 'nack') settle(pick(step.which), (id) => group.nack([id], step.action, ''));
        else if (step.do === 'parked') finishParking(step.done);
        if (step.do === 'wait') {
          now += step.ms;
          group.expire(now);
        }
        group.dispatch(now);
        assert.ok(group.counts().fresh <= 100);
        const mark = group.mark();
        for (const [id, at] of taken)
          if (at <= mark.position) assert.ok(settled.has(id), 'marked, not settled');
      }
      join(1000);
      for (let rounds = 0; rounds < 10; rounds++) {
        while (parked.length > 0) finishParking(true);
        for (const entry of known.values()) settle(entry, (id) => group.ack([id]));
        group.dispatch(now);
      }
      assert.deepEqual(
        [...taken.keys()].filter((id) => !settled.has(id)),
        [],
        'lost',
      );
      assert.equal(group.mark().position, position);
      const order = delivered.map((id) => taken.get(id)!);
      if (strategy === 'RoundRobin' || strategy === 'DispatchToSingle')
        assert.deepEqual(
          order,
          order.toSorted((a, b) => a - b),
          'first deliveries are in order',
        );
    }),
    { numRuns: 300 },
  );
});

test('Pinned: whatever is acked when, a consumer gets each stream in order, and nobody else does', () => {
  const steps = fc.array(fc.oneof(fc.record({ ack: fc.nat(20) }), fc.record({ take: fc.nat(6) })), {
    maxLength: 150,
  });
  fc.assert(
    fc.property(
      steps,
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('Pinned', 'PinnedByCorrelation'),
      (ops, count, strategy) => {
        const { group } = aGroup({ strategy });
        const seats = Array.from({ length: count }, () => seatOf(2));
        for (const seat of seats) group.join(seat);
        const acked = new Set<string>();
        let position = 0;
        for (const step of ops) {
          if ('take' in step && group.hasRoom(1))
            group.take({ event: recordAt(++position, { stream: `s${step.take}` }) }, position);
          const open = seats.flatMap((seat) => seat.sent).filter(({ id }) => !acked.has(id));
          if ('ack' in step && open.length > 0) {
            const { id } = open[step.ack % open.length]!;
            acked.add(id);
            group.ack([id]);
          }
          group.dispatch(0);
        }
        const owner = new Map<string, number>();
        for (const [which, seat] of seats.entries()) {
          const last = new Map<string, number>();
          for (const { event, number } of seat.sent) {
            const stream = streamOf(event!);
            assert.equal(owner.get(stream) ?? which, which, 'a stream of two consumers');
            owner.set(stream, which);
            assert.ok((last.get(stream) ?? -1) < number, 'out of order');
            last.set(stream, number);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});
