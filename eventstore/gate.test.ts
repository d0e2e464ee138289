import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Gate } from './gate.js';
import { LogUnavailable } from './log.js';

const BOUNDS = { calls: 3, bytes: 100, waitingCalls: 5, waitingBytes: 200 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the gate', () => {
  it('whatever comes and goes: the bounds hold, all begin in order, and nothing is left behind', async () => {
    const call = fc.record({ bytes: fc.integer({ min: 0, max: 150 }), leave: fc.boolean() });
    const property = fc.asyncProperty(fc.array(call, { maxLength: 40 }), async (calls) => {
      const gate = new Gate(BOUNDS);
      const inside: number[] = [];
      const order: number[] = [];
      let refused = 0;
      for (const [n, { bytes, leave }] of calls.entries()) {
        gate.enter(bytes).then(
          () => {
            inside.push(bytes);
            order.push(n);
          },
          (error) => {
            assert.ok(error instanceof LogUnavailable);
            refused++;
          },
        );
        await turn();
        const under = inside.reduce((sum, size) => sum + size, 0);
        assert.ok(inside.length <= 3 && (inside.length === 1 || under <= 100), `${inside}`);
        assert.ok(gate.waiting <= 5);
        assert.equal(gate.underWay, inside.length);
        if (leave && inside.length > 0) gate.leave(inside.shift()!);
        await turn();
      }
      while (inside.length > 0) {
        gate.leave(inside.shift()!);
        await turn();
      }
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      );
      assert.equal(order.length + refused, calls.length);
      assert.deepEqual([gate.underWay, gate.waiting], [0, 0]);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it('says in words that it is full', async () => {
    const gate = new Gate({ calls: 1, bytes: 10, waitingCalls: 1, waitingBytes: 4_096 });
    await gate.enter(5);
    void gate.enter(2_048);
    await assert.rejects(gate.enter(1), {
      name: 'LogUnavailable',
      message: 'the event log takes less than it is given: 1 appends (2 KiB) wait already',
    });
  });
});
