import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { entryOf, type Seat } from './entry.js';
import type { StrategyName } from './settings.js';
import { correlationOf, type Strategy, sourceOf, strategyOf } from './strategies.js';
import { recordAt, seatOf } from './testing.js';

const entryIn = (stream: string, metadata?: string) =>
  entryOf({ event: recordAt(1, { stream, metadata }) }, 1);

/** Who gets the events of these streams, one each; nothing is settled meanwhile. */
function given(strategy: Strategy, streams: string[]) {
  return streams.map((stream) => {
    const choice = strategy.choose(entryIn(stream));
    if (typeof choice !== 'string') choice.inFlight++;
    return choice;
  });
}

function seated(name: StrategyName, sizes: number[]): { strategy: Strategy; seats: Seat[] } {
  const strategy = strategyOf(name);
  const seats = sizes.map((size) => seatOf(size));
  for (const seat of seats) strategy.join(seat);
  return { strategy, seats };
}

test('RoundRobin gives to one after the other, and passes over who is full', () => {
  const { strategy, seats } = seated('RoundRobin', [1, 3, 2]);
  const [a, b, c] = seats as [Seat, Seat, Seat];
  assert.deepEqual(given(strategy, Array(7).fill('s')), [a, b, c, b, c, b, 'full']);
  strategy.leave(b);
  a.inFlight = 0;
  assert.deepEqual(given(strategy, ['s', 's']), [a, 'full']);
});

test('DispatchToSingle stays with one until it is full', () => {
  const { strategy, seats } = seated('DispatchToSingle', [2, 2]);
  const [a, b] = seats as [Seat, Seat];
  assert.deepEqual(given(strategy, Array(5).fill('s')), [a, a, b, b, 'full']);
  a.inFlight = 0;
  assert.deepEqual(given(strategy, ['s']), [a]);
  strategy.leave(a);
  b.inFlight = 0;
  assert.deepEqual(given(strategy, ['s']), [b]);
});

test('nobody there: nothing can be given', () => {
  for (const name of ['RoundRobin', 'DispatchToSingle', 'Pinned', 'PinnedByCorrelation'] as const)
    assert.equal(strategyOf(name).choose(entryIn('s')), 'full');
});

const names = Array.from({ length: 300 }, (_, n) => `stream-${n}`);

test('Pinned keeps each stream with its consumer, spreads them, and holds back who is full', () => {
  const { strategy, seats } = seated('Pinned', [1e6, 1e6, 1e6]);
  const first = given(strategy, names);
  assert.deepEqual(given(strategy, names), first);
  for (const seat of seats) assert.ok(seat.inFlight > 120, `${seat.inFlight} of 600`);
  const full = first[0] as Seat;
  full.size = full.inFlight;
  assert.equal(given(strategy, [names[0]!])[0], 'later');
  const other = names.findIndex((_, n) => first[n] !== full);
  assert.equal(given(strategy, [names[other]!])[0], first[other]);
  for (const seat of seats) seat.size = seat.inFlight;
  assert.deepEqual(given(strategy, [names[0]!, names[other]!]), ['full', 'full']);
});

test('Pinned: a newcomer takes over its share and no more; who leaves, leaves its streams to the others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), (before) => {
      const { strategy, seats } = seated('Pinned', Array(before).fill(1e6));
      const first = given(strategy, names);
      const newcomer = seatOf(1e6);
      strategy.join(newcomer);
      const second = given(strategy, names);
      const moved = names.filter((_, n) => first[n] !== second[n]);
      assert.ok(names.every((_, n) => first[n] === second[n] || second[n] === newcomer));
      const share = names.length / (before + 1);
      assert.ok(moved.length > share / 2 && moved.length < share * 1.5, `${moved.length} moved`);
      strategy.leave(newcomer);
      const third = given(strategy, names);
      assert.ok(names.every((_, n) => seats.includes(third[n] as Seat)));
      assert.ok(names.every((_, n) => second[n] === newcomer || second[n] === third[n]));
    }),
  );
});

test('Pinned: buckets with nothing under way are moved first', () => {
  const { strategy, seats } = seated('Pinned', [1e6]);
  const busy = entryIn('busy');
  assert.equal(strategy.choose(busy), seats[0]);
  assert.equal(strategy.choose(entryIn('idle')), seats[0]);
  strategy.release(entryIn('idle'), seats[0]!);
  const newcomer = seatOf(10);
  strategy.join(newcomer);
  assert.equal(strategy.choose(entryIn('idle')), newcomer);
  assert.equal(strategy.choose(entryIn('busy')), seats[0]);
});

test('a link is where what it leads to is; what is correlated is together', () => {
  const link = recordAt(1, { stream: '$et-T', type: '$>', data: '7@it@home' });
  assert.equal(sourceOf(entryOf({ event: link }, 1)), 'it@home');
  assert.equal(sourceOf(entryOf({ link }, 1)), 'it@home');
  assert.equal(sourceOf(entryOf({ link, event: recordAt(7, { stream: 'there' }) }, 1)), 'there');
  const correlated = (metadata: string) => correlationOf(entryIn('s', metadata));
  assert.equal(correlated('{"$correlationId":"c"}'), 'c');
  for (const other of ['', 'null', '[]', '{"$correlationId":7}', 'none'])
    assert.equal(correlated(other), 's');
  const { strategy } = seated('PinnedByCorrelation', [1e6, 1e6, 1e6]);
  const choices = names.map((name) => strategy.choose(entryIn(name, '{"$correlationId":"one"}')));
  assert.equal(new Set(choices).size, 1);
});
