import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checked, checkedValue, type Gap, widened } from './gaps.js';

test('whatever goes in whatever order, the gaps are the runs of what is gone', () => {
  const part = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const gone = new Set<number>();
      const gaps = new Map<number, number>();
      const gapAt = (position: number): Gap | undefined => {
        for (const [start, end] of gaps) if (start <= position && position <= end) return { start, end };
        return undefined;
      };
      for (const positions of parts) {
        const fresh = positions.filter((position) => !gone.has(position));
        const { put, drop } = widened(fresh, gapAt);
        for (const start of drop) gaps.delete(start);
        for (const { start, end } of put) gaps.set(start, end);
        for (const position of fresh) gone.add(position);
        const starts = [...gone].filter((position) => !gone.has(position - 1)).sort((a, b) => a - b);
        assert.deepEqual(
          [...gaps.keys()].sort((a, b) => a - b),
          starts,
        );
        for (const [start, end] of gaps) {
          assert.ok(!gone.has(end + 1));
          for (let at = start; at <= end; at++) assert.ok(gone.has(at));
        }
      }
    }),
  );
});

test('a flipped bit in a number that is written down is told', () => {
  const key = Buffer.from([0, 0, 0, 7]);
  const value = checked(key, 123_456_789);
  assert.equal(checkedValue(key, value), 123_456_789);
  for (let bit = 0; bit < value.length * 8; bit++) {
    const flipped = Buffer.from(value);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    assert.throws(() => checkedValue(key, flipped), { kind: 'corrupt' });
  }
  assert.throws(() => checkedValue(Buffer.from([0, 0, 0, 8]), value), { kind: 'corrupt' });
});
