import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { multiKills, spread } from './timeline.js';

test('kills belong to one burst as long as no gap is too long', () => {
  const bursts = multiKills([30_000, 0, 10_000, 19_000, 31_000, 60_000], 10_000);
  assert.deepEqual(
    bursts.map((one) => [one.ms, one.data?.killCount, one.data?.name]),
    [
      [19_000, 3, 'triple kill'],
      [31_000, 2, 'double kill'],
    ],
  );
});

test('no kill is in two bursts, and single kills are in none', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(600_000)), (times) => {
      const bursts = multiKills(times, 10_000);
      const inBursts = bursts.reduce((sum, one) => sum + (one.data?.killCount ?? 0), 0);
      assert.ok(inBursts <= times.length);
      for (const burst of bursts) assert.ok((burst.data?.killCount ?? 0) >= 2 && times.includes(burst.ms));
    }),
  );
});

test('spread moments are inside the span and rise', () => {
  assert.deepEqual(spread(3, 0, 40), [10, 20, 30]);
  assert.deepEqual(spread(0, 0, 40), []);
});
