import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Memory } from '../../domain/memory/memory.js';
import { type Kept, openMinds } from './minds.js';

const occurrence = (revision: number, key = 'multi_kill/5'): Memory => ({
  id: `m${revision}`,
  ...{ key, kind: 'moment', revision, importance: 0.8, parts: {}, lang: 'en', sources: [`e${revision}`] },
  at: new Date(Date.UTC(2026, 2, 1) + revision * 60_000).toISOString(),
  facts: { what: 'player.multi_kill' },
  felt: { label: 'excited', intensity: 0.5 },
});

function opened(cacheBytes?: number) {
  const players = new Map<string, Kept & { mark: number }>();
  let read = 0;
  const of = (playerId: string) => players.get(playerId) ?? { occurrences: [], uses: [], paths: [], mark: 0 };
  const remembered = openMinds(
    {
      mark: async (playerId) => String(of(playerId).mark),
      kept: async (playerId) => {
        read++;
        return of(playerId);
      },
    },
    cacheBytes,
  );
  const put = (playerId: string, kept: Partial<Kept>) =>
    players.set(playerId, { ...of(playerId), ...kept, mark: of(playerId).mark + 1 });
  const counts = async (playerId: string, revision = 1_000) => {
    const found = await remembered({
      playerId,
      revision,
      cue: { at: '2026-04-01T00:00:00.000Z', facts: {} },
    });
    return found.map(({ key, count }) => `${count} ${key}`);
  };
  return { put, counts, reads: () => read };
}

describe('what players remember', () => {
  it('is read once, and again when anything changed', async () => {
    const { put, counts, reads } = opened();
    put('p1', { occurrences: [occurrence(1), occurrence(2)] });
    for (let n = 0; n < 3; n++) assert.deepEqual(await counts('p1'), ['2 multi_kill/5']);
    assert.equal(reads(), 1);
    put('p1', { occurrences: [occurrence(1), occurrence(2), occurrence(3, 'loot')] });
    assert.deepEqual(await counts('p1'), ['2 multi_kill/5', '1 loot']);
    put('p1', { occurrences: [] });
    assert.deepEqual(await counts('p1'), [], 'what was forgotten is not remembered from memory');
    assert.deepEqual(await counts('p2'), []);
  });

  it('is as it was at any revision, along the line of play then', async () => {
    const { put, counts } = opened();
    const path = [
      { from: 0, to: 1, until: null },
      { from: 3, to: null, until: null },
    ];
    put('p1', { occurrences: [1, 2, 4].map((n) => occurrence(n)), paths: [{ revision: 3, path }] });
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
      put(playerId, { occurrences: [1, 2, 3].map((n) => occurrence(n)) });
    for (const playerId of ['p1', 'p2', 'p3', 'p1']) await counts(playerId);
    assert.equal(reads(), 4);
    await counts('p1');
    assert.equal(reads(), 4);
  });
});
