import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rememberedOf } from './remembered.js';
import { isNew, withSeen } from './seen.js';
import { life, minute, remembered } from './testing/lives.js';

const feat = { type: 'player.multi_kill', data: { killCount: 5, hero: 'Jinx' } };
const { memories } = remembered(life([feat, feat, feat]));

it('a memory knows how often it was lived, when first and last, and when it last came to mind, as of any moment', () => {
  const uses = [
    { memoryId: memories[1]!.id, at: minute(5), revision: 5 },
    { memoryId: memories[0]!.id, at: minute(4), revision: 4 },
    { memoryId: 'another', at: minute(8), revision: 6 },
  ];
  const at = (revision: number) => {
    const [memory] = rememberedOf(memories, uses, { revision, path: null });
    const { memoryId, count, kind, firstAt, lastAt, revisions, recalledAt } = memory!;
    return [memoryId, count, kind, firstAt, lastAt, ...revisions, recalledAt];
  };
  const first = memories[0]!.id;
  assert.deepEqual(at(0), [first, 1, 'first', minute(0), minute(0), 0, 0, null]);
  assert.deepEqual(at(4), [first, 3, 'first', minute(0), minute(2), 0, 2, minute(4)]);
  assert.deepEqual(at(6), [first, 3, 'first', minute(0), minute(2), 0, 2, minute(5)]);
});

it('what was met is known by so many marks, and nothing is called new when they are full', () => {
  let seen = '';
  for (let nth = 0; nth < 1000; nth++) seen = withSeen(seen, `name ${nth}`);
  assert.equal(seen.length, 160 * 8);
  assert.ok(!isNew(seen, 'name 0') && !isNew(seen, 'never met'));
  assert.ok(isNew(withSeen('', 'name 0'), 'name 1'));
});
