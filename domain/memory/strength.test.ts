import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { memoryKinds } from './memory.js';
import { DAY_MS, hasFaded, recencyOf, strengthOf } from './strength.js';
import { remembered } from './testing/remembered.js';

const LIVED = Date.parse('2026-03-01T00:00:00.000Z');
const daysOn = (days: number) => LIVED + days * DAY_MS;
const lived = (given: Parameters<typeof remembered>[0] = {}) =>
  remembered({ lastAt: new Date(LIVED).toISOString(), ...given });

it('halves in the time of its kind', () => {
  const halfLives = { moment: 60, first: 365, record: 365, match: 30, week: 120, rivalry: 180, talk: 180 };
  for (const kind of memoryKinds) {
    assert.equal(recencyOf(lived({ kind }), daysOn(halfLives[kind])), 0.5);
    assert.equal(strengthOf(lived({ kind, importance: 0.8 }), daysOn(halfLives[kind])), 0.4);
  }
});

it('never grows with time, is never more than it was, and begins anew when it is recalled', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...memoryKinds),
      fc.double({ min: 0, max: 900, noNaN: true }),
      fc.double({ min: 0, max: 900, noNaN: true }),
      (kind, one, other) => {
        const [sooner, later] = [daysOn(Math.min(one, other)), daysOn(Math.max(one, other))];
        const memory = lived({ kind });
        assert.ok(strengthOf(memory, later) <= strengthOf(memory, sooner));
        assert.equal(strengthOf(memory, LIVED - one * DAY_MS), memory.importance);
        const recalledAt = new Date(sooner).toISOString();
        assert.ok(strengthOf({ ...memory, recalledAt }, later) >= strengthOf(memory, later));
        if (hasFaded(memory, sooner)) assert.ok(hasFaded(memory, later));
      },
    ),
  );
});

it('has faded when it is both old and weak', () => {
  const weak = lived({ kind: 'match', importance: 0.75 });
  assert.ok(!hasFaded(weak, daysOn(90)), 'weak, but not older than ninety days');
  assert.ok(hasFaded(weak, daysOn(91)));
  assert.ok(!hasFaded(lived({ kind: 'first', importance: 0.9 }), daysOn(365)), 'old, but strong');
  assert.ok(!hasFaded({ ...weak, recalledAt: new Date(daysOn(60)).toISOString() }, daysOn(120)));
});
