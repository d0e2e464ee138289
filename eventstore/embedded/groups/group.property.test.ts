import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { streamOf } from '../engine/record.js';
import type { Entry } from './entry.js';
import { strategyNames } from './settings.js';
import { aGroup, keyOfRecord, recordAt, seatOf } from './testing.js';

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
          // What a consumer had who left comes again without counting as a retry: only its first time counts here.
          if (!known.has(entry.id)) delivered.push(entry.id);
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
        // Only who is there still acks: what others had must have come to them.
        for (const seat of seats)
          for (const entry of seat.sent) if (entry.seat === seat) settle(entry, (id) => group.ack([id]));
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
