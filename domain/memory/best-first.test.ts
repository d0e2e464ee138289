import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { bestFirst } from './best-first.js';

it('is the order of sorting, and leaves what it is given as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (given) => {
      const before = (one: number, other: number) => one - other;
      const as = [...given];
      assert.deepEqual([...bestFirst(given, before)], [...given].sort(before));
      assert.deepEqual(given, as);
    }),
  );
});
