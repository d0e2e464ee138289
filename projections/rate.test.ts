import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateMeter } from './rate.js';

test('events a second over the last ten seconds, and nothing of before', () => {
  let now = 1_000_000;
  const rate = rateMeter(() => now);
  rate.count(50);
  assert.equal(rate.perSecond(), 50);
  now += 5_000;
  rate.count(50);
  assert.equal(rate.perSecond(), 20);
  now += 5_000;
  assert.equal(rate.perSecond(), 5);
  now += 60_000;
  assert.equal(rate.perSecond(), 0);
});
