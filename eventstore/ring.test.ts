import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { PlacedEvent } from './log.js';
import { Ring } from './ring.js';
import { anEvent } from './testing/events.js';

const at = (position: number): PlacedEvent => ({ ...anEvent(), stream: 's', revision: position, position });
const positions = (events: PlacedEvent[]) => events.map(({ position }) => position);

it('holds the newest events, and says how far back it reaches', () => {
  const ring = new Ring(5, 3);
  assert.equal(ring.end, 5);
  assert.ok(ring.reaches(5) && !ring.reaches(4));
  for (const position of [6, 8, 9]) ring.push(at(position));
  assert.deepEqual(positions(ring.after(5, 10)), [6, 8, 9]);
  assert.deepEqual(positions(ring.after(7, 1)), [8]);
  ring.push(at(12));
  assert.equal(ring.floor, 6);
  assert.ok(ring.reaches(6) && !ring.reaches(5));
  assert.deepEqual(positions(ring.after(6, 10)), [8, 9, 12]);
  assert.deepEqual(positions(ring.after(12, 10)), []);
});

it('whatever is pushed, again or not: from any place it reaches, all that came after, once, in order', () => {
  const steps = fc.array(fc.record({ by: fc.integer({ min: 1, max: 5 }), again: fc.nat(4) }), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(fc.nat(10), fc.integer({ min: 1, max: 8 }), steps, (floor, capacity, pushes) => {
      const ring = new Ring(floor, capacity);
      const all: number[] = [];
      for (const { by, again } of pushes) {
        const next = (all.at(-1) ?? floor) + by;
        // A subscription that reconnected repeats some of what was there.
        for (const old of again > 0 ? all.slice(-again) : []) ring.push(at(old));
        ring.push(at(next));
        all.push(next);
        assert.equal(ring.end, next);
        assert.equal(ring.size, Math.min(all.length, capacity));
        for (let from = ring.floor; from <= next; from++) {
          assert.deepEqual(positions(ring.after(from, 3)), all.filter((one) => one > from).slice(0, 3));
        }
      }
    }),
  );
});
