import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkingKeys } from './keys.js';

it('checks keys that open, round by round', async () => {
  const { p50, p99 } = await checkingKeys(2);
  assert.deepEqual([p50.all.length, p99.all.length], [2, 2]);
  assert.ok(p50.min > 0 && p99.max >= p50.max);
});
