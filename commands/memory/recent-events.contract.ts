import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { StoredEvent } from '../../eventstore/log.js';
import { until } from '../../eventstore/testing/events.js';
import { KEPT, LAST, type RecentEvents } from './recent-events.js';
import { aStream, range, revisionsOf } from './testing/streams.js';

type Open = (keptMs?: number) => RecentEvents;
const aName = () => `player-${randomUUID()}`;

/** What every adapter of the port promises. */
export const recentPromises: Record<string, (open: Open) => Promise<void>> = {
  'knows nothing of a player of whom nothing was kept': async (open) => {
    const recent = open();
    await recent.push('player-nobody', []);
    assert.equal(await recent.last('player-nobody'), null);
    assert.equal(await recent.last('player-nobody', 0), null);
  },

  'gives back all there is, as it is in the log, each player his own': async (open) => {
    const recent = open();
    const [ann, ben] = [aStream(aName(), 7), aStream(aName(), 3)];
    await Promise.all([recent.push(ann[0]!.stream, ann), recent.push(ben[0]!.stream, ben)]);
    assert.deepEqual(await recent.last(ann[0]!.stream), ann);
    assert.deepEqual(await recent.last(ben[0]!.stream), ben);
    assert.deepEqual(await recent.last(ann[0]!.stream, 4), ann.slice(0, 5));
  },

  'gives the last hundred, up to a place that is not long past': async (open) => {
    const recent = open();
    const events = aStream(aName(), 400);
    const { stream } = events[0]!;
    for (const event of events) await recent.push(stream, [event]);
    assert.deepEqual(await recent.last(stream), events.slice(300));
    assert.deepEqual(await recent.last(stream, 399 - (KEPT - LAST)), events.slice(272, 372));
    assert.equal(await recent.last(stream, 399 - (KEPT - LAST) - 1), null);
    assert.equal(await recent.last(stream, 400), null, 'that has not come yet');
  },

  'claims nothing where one is missing, and says all when it has come': async (open) => {
    const recent = open();
    const events = aStream(aName(), 140);
    const { stream } = events[0]!;
    await recent.push(stream, events.slice(20, 119));
    assert.equal(await recent.last(stream), null, 'one less than a hundred');
    await recent.push(stream, [events[121]!, events[120]!]);
    assert.equal(await recent.last(stream), null, 'a hole');
    assert.equal(await recent.last(stream, 119), null);
    await recent.push(stream, [events[119]!]);
    assert.deepEqual(revisionsOf(await recent.last(stream)), range(22, 121));
  },

  'keeps what is given again once, and as it was': async (open) => {
    const recent = open();
    const events = aStream(aName(), 3);
    const { stream } = events[0]!;
    await recent.push(stream, events);
    await recent.push(stream, [{ ...events[1]!, position: 77 }, events[2]!, events[2]!]);
    assert.deepEqual(await recent.last(stream), events);
  },

  'is told apart from who keeps it: nobody can change what was kept': async (open) => {
    const recent = open();
    const events = aStream(aName(), 1);
    const { stream } = events[0]!;
    const wanted = structuredClone(events);
    await recent.push(stream, events);
    (events[0]!.data as { text: string }).text = 'other';
    const [got] = (await recent.last(stream))!;
    (got!.data as { text: string }).text = 'other';
    assert.deepEqual(await recent.last(stream), wanted);
  },

  'forgets one player when told': async (open) => {
    const recent = open();
    const [ann, ben] = [aStream(aName(), 2), aStream(aName(), 2)];
    await recent.push(ann[0]!.stream, ann);
    await recent.push(ben[0]!.stream, ben);
    assert.equal(await recent.count(ben[0]!.stream), 2);
    await recent.forget(ben[0]!.stream);
    assert.equal(await recent.count(ben[0]!.stream), 0);
    assert.equal(await recent.last(ben[0]!.stream), null);
    assert.deepEqual(await recent.last(ann[0]!.stream), ann);
  },

  'forgets when the time is over': async (open) => {
    const recent = open(20);
    const events = aStream(aName(), 2);
    const { stream } = events[0]!;
    await recent.push(stream, events);
    await until(async () => (await recent.last(stream)) === null);
    await recent.push(stream, events.slice(1));
    assert.equal(await recent.last(stream), null, 'what came before is gone');
  },

  'answers as the log would or not at all, whoever pushes what, and whatever is lost': async (open) => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 12 }), (story) => lived(open(), story)),
      { numRuns: 60 },
    );
  },
};

const LENGTH = 300;
type Step = { writers: { from: number; count: number; without: number }[] } | 'lost';

/** Two writers at once, each some events in order, every so many left out; or all is lost. */
const part = fc.record({
  from: fc.nat(LENGTH - 1),
  count: fc.oneof(fc.nat(8), fc.nat(180)),
  without: fc.oneof(fc.constant(0), fc.integer({ min: 2, max: 90 })),
});
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ writers: fc.array(part, { minLength: 1, maxLength: 2 }) }) },
  { weight: 1, arbitrary: fc.constant('lost' as const) },
);

async function lived(recent: RecentEvents, story: readonly Step[]): Promise<void> {
  const events = aStream(aName(), LENGTH);
  const { stream } = events[0]!;
  let kept: number[] = [];
  for (const step of story) {
    if (step === 'lost') {
      await recent.forget(stream);
      kept = [];
    } else {
      const pushes = step.writers.map(({ from, count, without }) =>
        events.slice(from, from + count).filter((_, nth) => without === 0 || nth % without > 0),
      );
      await Promise.all(pushes.map((push) => recent.push(stream, push)));
      const all = new Set([...kept, ...pushes.flat().map(({ revision }) => revision)]);
      kept = [...all].sort((a, b) => a - b).slice(-KEPT);
    }
    const newest = kept.at(-1);
    assert.deepEqual(await recent.last(stream), expected(events, kept, newest));
    for (const upTo of [newest ?? 0, (newest ?? 0) - 20, kept[0] ?? 5, LENGTH])
      if (upTo >= 0) assert.deepEqual(await recent.last(stream, upTo), expected(events, kept, upTo));
  }
}

/** Told from what the log has and which of it was kept. */
function expected(events: readonly StoredEvent[], kept: readonly number[], upTo: number | undefined) {
  if (upTo === undefined) return null;
  const wanted = range(Math.max(0, upTo - LAST + 1), upTo);
  return wanted.every((revision) => kept.includes(revision)) ? events.slice(wanted[0], upTo + 1) : null;
}
