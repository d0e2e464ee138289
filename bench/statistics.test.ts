import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { delaysOf, short, spreadOf } from './statistics.js';

describe('the statistics of the bench', () => {
  it('take the middle of an odd and of an even number of rounds', () => {
    assert.deepEqual(spreadOf([3, 1, 2]), { median: 2, min: 1, max: 3, all: [3, 1, 2] });
    assert.equal(spreadOf([4, 1, 2, 3]).median, 2.5);
    assert.equal(spreadOf([7]).median, 7);
  });

  it('keep the median between the ends, whatever the order', () => {
    const values = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (all) => {
        const { median, min, max } = spreadOf(all);
        assert.ok(min <= median && median <= max);
        assert.equal(median, spreadOf([...all].reverse()).median);
      }),
    );
  });

  it('tell the delays that half and nearly all stay below', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => at + 1);
    assert.deepEqual(delaysOf(hundred), { count: 100, p50: 50, p99: 99, max: 100 });
  });

  it('refuse to make figures of nothing', () => {
    assert.throws(() => spreadOf([]), /nothing was measured/);
    assert.throws(() => delaysOf([]), /no delay was measured/);
  });

  it('say no more digits than count', () => {
    assert.equal(short(12345.678), 12350);
    assert.equal(short(0.123456), 0.1235);
  });
});
