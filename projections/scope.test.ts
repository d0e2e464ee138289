import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayAfter, daysIn } from './scope.js';

test('days are days, over months, years and the end of time', () => {
  assert.equal(dayAfter('2026-12-31', 1), '2027-01-01');
  assert.equal(dayAfter('2024-03-01', -1), '2024-02-29');
  assert.equal(dayAfter('9999-12-31', 30), '9999-12-31');
  assert.equal(daysIn({ from: '2024-02-28', to: '2024-03-01' }), 3);
});
