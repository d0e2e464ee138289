import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { SHARES_MAX, sharesOf } from './shares.js';

const id = fc.stringMatching(/^[0-9a-f]{32}$/);

it('every player is in one share and in no other, however many there are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: SHARES_MAX }), id, (count, player) => {
      const shares = sharesOf(count);
      assert.equal(shares.length, count);
      const fitting = shares.flat().filter((prefix) => `player-${player}`.startsWith(prefix));
      assert.equal(fitting.length, 1);
    }),
  );
  for (let count = 1; count <= SHARES_MAX; count++)
    assert.ok(sharesOf(count).every((prefixes) => prefixes.length > 0));
});
