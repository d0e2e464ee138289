import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becauseOf } from './because.js';

test('why something is kept is told by what weighs in it, the most first', () => {
  const parts = { base: 0.5, achievement: 0.3, personalRecord: 0.2, intensity: 0.18 };
  assert.deepEqual(becauseOf({ kind: 'moment', parts }, 'en'), [
    'it was a feat',
    'it was the best so far',
    'it was felt strongly',
  ]);
  assert.deepEqual(
    becauseOf({ kind: 'first', parts: { base: 0.5, firstOccurrence: 0.3, intensity: 0.05 } }, 'zh'),
    ['这是第一次'],
  );
});

test('what the player told, and what sums up, is kept for that', () => {
  assert.deepEqual(becauseOf({ kind: 'talk', parts: { told: 0.8 } }, 'en'), ['you told me']);
  assert.deepEqual(becauseOf({ kind: 'match', parts: { told: 0.72 } }, 'zh'), ['它总结了发生过的事']);
});
