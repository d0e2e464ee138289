import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backoffMs, sleep, timerMs } from './timing.js';

const limits = { baseMs: 500, capMs: 30_000 };

test('pauses double up to the cap, with full jitter', () => {
  assert.deepEqual(
    [0, 1, 2, 5, 6, 7, 100].map((attempt) => backoffMs(attempt, limits, 1)),
    [500, 1000, 2000, 16_000, 30_000, 30_000, 30_000],
  );
  fc.assert(
    fc.property(fc.nat(2000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const pause = backoffMs(attempt, limits, chance);
      assert.ok(pause >= 0 && pause <= 30_000);
      assert.equal(pause, chance * backoffMs(attempt, limits, 1));
    }),
  );
});

test('a pause longer than a timer can hold does not become none', () => {
  assert.equal(timerMs(1e12), 2 ** 31 - 1);
  assert.equal(timerMs(-5), 0);
});

test('sleep ends early when aborted, and at once when it was before', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 20);
  await sleep(60_000, stop.signal);
  await sleep(60_000, stop.signal);
});
