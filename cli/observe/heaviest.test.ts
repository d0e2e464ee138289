import assert from 'node:assert/strict';
import { it } from 'node:test';
import { heaviest, OTHER } from './heaviest.js';

const MINUTE = 60_000;

/** Names for three, at a time that the test sets. */
function three() {
  const clock = { now: 0 };
  const dropped: string[] = [];
  const { nameOf } = heaviest(
    3,
    (id) => void dropped.push(id),
    () => clock.now,
  );
  const busy = (id: string, times: number) => {
    for (let nth = 1; nth < times; nth++) nameOf(id);
    return nameOf(id);
  };
  return { clock, dropped, busy };
}

it('names as many as there is room for, and all others as one', () => {
  const { busy, dropped } = three();
  assert.deepEqual(
    ['a', 'b', 'c', 'd', 'e', 'a'].map((id) => busy(id, 1)),
    ['a', 'b', 'c', OTHER, OTHER, 'a'],
  );
  assert.deepEqual(dropped, []);
});

it('gives the name of the idlest to who is clearly busier, once a minute', () => {
  const { clock, dropped, busy } = three();
  for (const [id, times] of [
    ['a', 9],
    ['b', 2],
    ['c', 9],
    ['d', 9],
  ] as const)
    busy(id, times);
  assert.equal(busy('d', 1), OTHER, 'not yet');
  clock.now = MINUTE;
  assert.equal(busy('d', 1), 'd');
  assert.deepEqual(dropped, ['b']);
  assert.equal(busy('b', 1), OTHER);
});

it('leaves names where they are as long as nobody is clearly busier', () => {
  const { clock, dropped, busy } = three();
  for (let minute = 0; minute < 5; minute++) {
    clock.now = minute * MINUTE;
    for (const id of ['a', 'b', 'c']) busy(id, 10);
    busy('d', 15);
  }
  assert.deepEqual(dropped, []);
});

it('never has more names than it may, however many come and go', () => {
  const { clock, dropped, busy } = three();
  const seen = new Set<string>();
  for (let nth = 0; nth < 2_000; nth++) {
    clock.now = nth * MINUTE * 2;
    seen.add(busy(`client ${nth}`, 3));
    assert.ok(seen.size - dropped.length - Number(seen.has(OTHER)) <= 3);
  }
  assert.ok(dropped.length > 100, 'names went round');
});
