import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Memory } from '../../domain/memory/memory.js';
import { openMinds, rememberedIn } from './minds.js';
import { type Keepings, NOW } from './rows.js';

const occurrence = (revision: number, key = 'multi_kill/5'): Memory => ({
  id: `m${revision}`,
  ...{ key, kind: 'moment', revision, importance: 0.8, parts: {}, lang: 'en', sources: [`e${revision}`] },
  at: new Date(Date.UTC(2026, 2, 1) + revision * 60_000).toISOString(),
  facts: { what: 'player.multi_kill' },
  felt: { label: 'excited', intensity: 0.5 },
});

function opened(cacheBytes?: number) {
  const players = new Map<string, { changed: number; rows: Partial<Keepings> }[]>();
  let tables = 1;
  let read = 0;
  const of = (playerId: string) => players.get(playerId) ?? [];
  const minds = openMinds(
    {
      mark: async (playerId) => ({ tables: String(tables), upTo: of(playerId).at(-1)?.changed ?? -1 }),
      async keepings(playerId, after) {
        read++;
        const rows = of(playerId).filter(({ changed }) => changed > after);
        return {
          memories: rows.flatMap(({ rows: { memories = [] } }) => memories),
          gone: rows.flatMap(({ rows: { gone = [] } }) => gone),
          uses: rows.flatMap(({ rows: { uses = [] } }) => uses),
          paths: rows.flatMap(({ rows: { paths = [] } }) => paths),
        };
      },
    },
    cacheBytes,
  );
  const put = (playerId: string, rows: Partial<Keepings>) =>
    players.set(playerId, [...of(playerId), { changed: of(playerId).length, rows }]);
  const rebuild = (playerId: string, rows: Partial<Keepings>) => {
    tables++;
    players.set(playerId, [{ changed: of(playerId).length - 1, rows }]);
  };
  const counts = async (playerId: string, revision = 1_000) => {
    const found = rememberedIn(await minds(playerId), { ...NOW, revision });
    return found.map(({ key, count }) => `${count} ${key}`);
  };
  return { put, rebuild, counts, reads: () => read };
}

describe('what players remember', () => {
  it('is read once, and what is new of it when anything changed', async () => {
    const { put, counts, reads } = opened();
    put('p1', { memories: [occurrence(1), occurrence(2)] });
    for (let n = 0; n < 3; n++) assert.deepEqual(await counts('p1'), ['2 multi_kill/5']);
    assert.equal(reads(), 1);
    put('p1', { memories: [occurrence(3, 'loot')] });
    assert.deepEqual(await counts('p1'), ['2 multi_kill/5', '1 loot']);
    put('p1', { gone: ['m1', 'm2'] });
    assert.deepEqual(await counts('p1'), ['1 loot'], 'what was forgotten is not remembered from memory');
    put('p1', { memories: [occurrence(5)] });
    assert.deepEqual(await counts('p1'), ['1 loot', '1 multi_kill/5'], 'what comes again begins anew');
    assert.deepEqual(await counts('p2'), []);
  });

  it('is read from its beginning when the tables were built anew', async () => {
    const { put, rebuild, counts } = opened();
    put('p1', { memories: [occurrence(1), occurrence(2)] });
    await counts('p1');
    rebuild('p1', { memories: [occurrence(1)] });
    assert.deepEqual(await counts('p1'), ['1 multi_kill/5']);
  });

  it('is as it was at any revision, along the line of play then', async () => {
    const { put, counts } = opened();
    const path = [
      { from: 0, to: 1, until: null },
      { from: 3, to: null, until: null },
    ];
    put('p1', { memories: [1, 2, 4].map((n) => occurrence(n)), paths: [{ revision: 3, at: null, path }] });
    assert.deepEqual(await counts('p1', 0), []);
    assert.deepEqual(await counts('p1', 1), ['1 multi_kill/5']);
    assert.deepEqual(await counts('p1', 2), ['2 multi_kill/5']);
    assert.deepEqual(await counts('p1', 3), ['1 multi_kill/5'], 'the save game that was loaded undid it');
    assert.deepEqual(await counts('p1', 4), ['2 multi_kill/5']);
    assert.deepEqual(await counts('p1', 2), ['2 multi_kill/5'], 'and it is not in the past');
  });

  it('keeps no more in memory than it may', async () => {
    const { put, counts, reads } = opened(10_000);
    for (const playerId of ['p1', 'p2', 'p3'])
      put(playerId, { memories: [1, 2, 3].map((n) => occurrence(n)) });
    for (const playerId of ['p1', 'p2', 'p3', 'p1']) await counts(playerId);
    assert.equal(reads(), 3, 'who comes by once takes nobody’s place');
    for (let n = 0; n < 3; n++) await counts('p2');
    assert.equal(reads(), 5, 'who comes again does');
    await counts('p1');
    assert.equal(reads(), 6);
  });
});
