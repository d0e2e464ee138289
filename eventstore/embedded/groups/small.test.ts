import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { checkpointsBy } from './checkpoints.js';
import { latestOnly } from './latest.js';
import { progressFrom } from './progress.js';
import {
  type GroupSettings,
  parsePlace,
  placeText,
  problemOf,
  problemOfBuffers,
  problemOfName,
} from './settings.js';
import { timings } from './timings.js';

test('the mark is the place before the first that is unsettled, in whatever order they are settled', () => {
  const steps = fc.array(fc.record({ pass: fc.boolean(), settle: fc.option(fc.nat(20)) }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.integer({ min: -1, max: 5 }), (ops, start) => {
      const progress = progressFrom(start);
      const events: { position: number; open: boolean; number: number }[] = [];
      let position = start;
      for (const { pass, settle } of ops) {
        position += 1;
        if (pass) progress.pass(position, true);
        else events.push({ position, open: true, number: progress.begin(position) });
        const open = events.filter((event) => event.open);
        if (settle !== null && open.length > 0) {
          const settled = open[settle % open.length]!;
          settled.open = false;
          progress.settle(settled.number);
        }
        const first = events.find((event) => event.open);
        const expected = first === undefined ? position : first.position - 1;
        assert.deepEqual(progress.mark(), { position: expected, count: expected - start });
        assert.equal(progress.unsettled, events.filter((event) => event.open).length);
      }
    }),
  );
});

test('checkpoints: at once after the most events, at a tick after the time and the fewest', () => {
  const bounds = { checkPointAfter: 100, minCheckPointCount: 3, maxCheckPointCount: 10 };
  const checkpoints = checkpointsBy(bounds);
  const due = (count: number, now: number, tick: boolean) =>
    checkpoints.due({ position: count, count }, { now, tick });
  assert.deepEqual(
    [due(2, 0, true), due(3, 0, true), due(9, 0, false), due(10, 0, false)],
    [false, true, false, true],
  );
  checkpoints.written({ position: 10, count: 10 }, 1000);
  assert.deepEqual([due(13, 1099, true), due(13, 1100, true), due(12, 2000, true)], [false, true, false]);
  assert.deepEqual([due(19, 1001, false), due(20, 1001, false)], [false, true]);
  const neverByTime = checkpointsBy({ ...bounds, checkPointAfter: 0 });
  assert.equal(neverByTime.due({ position: 9, count: 9 }, { now: 1e9, tick: true }), false);
  const always = checkpointsBy({ checkPointAfter: 1, minCheckPointCount: 0, maxCheckPointCount: 0 });
  assert.equal(always.due({ position: 5, count: 0 }, { now: 0, tick: true }), false, 'not twice for nothing');
});

test('of what comes while one is being written, only the newest is', async () => {
  const written: number[] = [];
  let done = 0;
  const latest = latestOnly(
    async (value: number) => {
      await sleep(5);
      written.push(value);
      if (value === 1) throw new Error('in vain');
    },
    () => done++,
  );
  for (const value of [1, 2, 3]) latest.put(value);
  assert.ok(latest.busy);
  await latest.idle();
  assert.deepEqual([written, done, latest.busy], [[1, 3], 1, false]);
});

test('measurements are those of the real server, of the last thousand', () => {
  const measured = timings();
  assert.deepEqual(measured.measurements(), []);
  for (let ms = 0; ms < 2000; ms++) measured.add(ms);
  const found = new Map(measured.measurements().map(({ key, value }) => [key, value]));
  assert.equal(found.get('Mean'), 1499);
  assert.deepEqual(
    ['Median', 'Fastest', 'Quintile 1', 'Quintile 3', '90%', '99.9%', 'Highest'].map((key) => found.get(key)),
    [1500, 1000, 1000, 1400, 1900, 1999, 1999],
  );
});

test('what is wrong with settings is said in the words of the real server', () => {
  const settings = (changes: object) =>
    ({
      strategy: 'Pinned',
      startFrom: { commit: 0, prepare: 0 },
      readBatchSize: 20,
      historyBufferSize: 500,
      ...changes,
    }) as GroupSettings;
  const inStream = (changes: object) => problemOf(settings(changes), { stream: 's', group: 'g' }, 10);
  const inAll = (commit: number, prepare: number) =>
    problemOf(settings({ startFrom: { commit, prepare } }), { stream: '$all', group: 'g' }, 10);
  assert.equal(inStream({}), undefined);
  assert.equal(problemOfName({ stream: '', group: 'g' }), 'Bad stream name.');
  assert.equal(inStream({ strategy: 'Mine' }), 'Consumer strategy Mine does not exist.');
  assert.match(inStream({ startFrom: { commit: -2, prepare: -2 } })!, /greater than or equal to -1/);
  assert.deepEqual([inAll(10, 10), inAll(-1, -1), inAll(10, 0)], [undefined, undefined, undefined]);
  assert.match(inAll(5, 6)!, /less than or equal to the commit position/);
  assert.match(inAll(11, 11)!, /last commit position/);
  assert.match(inAll(5, -1)!, /both equal to -1/);
  assert.equal(problemOfBuffers(settings({})), undefined);
  assert.match(problemOfBuffers(settings({ readBatchSize: 500 }))!, /ReadBatchSize may not be greater/);
});

test('places are read as they are written', () => {
  for (const stream of ['s', '$all'])
    for (const at of [-1, 0, 7, 2 ** 45])
      assert.deepEqual(parsePlace(placeText(stream, { commit: at, prepare: at })), {
        commit: at,
        prepare: at,
      });
  assert.equal(placeText('$all', { commit: 7, prepare: 6 }), 'C:7/P:6');
  assert.equal(parsePlace('x'), undefined);
});
