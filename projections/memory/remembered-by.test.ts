import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Memory } from '../../domain/memory/memory.js';
import { openMinds } from './minds.js';
import { rememberedBy } from './remembered-by.js';
import { type Keepings, NOW } from './rows.js';
import { minute } from './testing/told.js';

const occurrence = (id: string, revision: number): Memory => ({
  ...{ id, key: 'multi_kill/5', kind: 'moment', revision, importance: 0.8, parts: {}, lang: 'en' },
  ...{ at: minute(revision), facts: { what: 'player.multi_kill' }, sources: [] },
  felt: { label: 'excited', intensity: 0.5 },
});

it('of who shares games the same list is told until something changes, here or over there', async () => {
  const rows = new Map<string, Partial<Keepings>[]>([
    ['here', [{ memories: [occurrence('h', 1)] }]],
    ['there', [{ memories: [occurrence('t1', 2)] }]],
  ]);
  const minds = openMinds({
    mark: async (playerId) => ({ tables: '1', upTo: rows.get(playerId)!.length }),
    async keepings(playerId, after) {
      const fresh = rows.get(playerId)!.slice(Math.max(0, after));
      const all = <T>(pick: (of: Partial<Keepings>) => readonly T[] | undefined) =>
        fresh.flatMap((of) => pick(of) ?? []);
      return {
        ...{ memories: all(({ memories }) => memories), gone: all(({ gone }) => gone) },
        ...{ uses: all(({ uses }) => uses), paths: [] },
      };
    },
  });
  const remembered = rememberedBy(minds);
  let others = [{ playerId: 'there', gameId: 'g2' }];
  const at = (time: string, revision = NOW.revision) =>
    remembered({ playerId: 'here', revision, cue: { at: time, facts: {} } }, Promise.resolve(others));
  const counts = async (time: string) => (await at(time)).map(({ count }) => count);

  const first = await at(minute(10));
  assert.equal(await at(minute(20)), first, 'later it is the same moment');
  assert.deepEqual(await counts(minute(1)), [1], 'before that it is not');
  assert.deepEqual(await counts(minute(20)), [1, 1]);
  rows.get('there')!.push({ memories: [occurrence('t2', 1)] });
  assert.deepEqual(await counts(minute(20)), [1, 2]);
  rows.get('here')!.push({ gone: ['t1'] });
  assert.deepEqual(await counts(minute(20)), [1, 1]);
  const use = { memoryId: 't2', at: minute(5), revision: 5 };
  rows.get('here')!.push({ uses: [use] });
  assert.equal((await at(minute(20)))[1]!.recalledAt, use.at);
  assert.equal((await at(minute(20), 4))[1]!.recalledAt, null, 'as of before it came to mind');
  others = [];
  assert.deepEqual(await counts(minute(20)), [1], 'and nothing of who no longer shares');
});
