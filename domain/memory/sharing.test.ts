import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Sharer, shareMemory } from './sharing.js';

const sharing = { memory: { share: true } };
const one: Sharer = { playerId: 'p1', gameId: 'g1', clientId: 'c', person: 'ann', config: sharing };
const other: Sharer = { ...one, playerId: 'p2', gameId: 'g2' };

test('one person in two games of a client that both share', () => {
  assert.ok(shareMemory(one, other));
  const not: Partial<Sharer>[] = [
    { gameId: 'g1' },
    { clientId: 'd' },
    { person: 'bob' },
    { person: null },
    { config: {} },
    { config: { memory: { share: false } } },
    { config: { memory: { share: 'true' } } },
    { config: { memory: { share: true, keepAbove: 7 } } },
  ];
  for (const over of not) assert.ok(!shareMemory(one, { ...other, ...over }), JSON.stringify(over));
  assert.ok(!shareMemory({ ...one, person: null }, { ...other, person: null }), 'nobody is nobody');
});

test('what the one shares the other does', () => {
  const sharer = fc.record({
    playerId: fc.constantFrom('p1', 'p2'),
    gameId: fc.constantFrom('g1', 'g2'),
    clientId: fc.constantFrom('c', 'd'),
    person: fc.constantFrom('ann', 'bob', null),
    config: fc.constantFrom<Sharer['config']>({}, sharing),
  });
  fc.assert(fc.property(sharer, sharer, (a, b) => shareMemory(a, b) === shareMemory(b, a)));
});
