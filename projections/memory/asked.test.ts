import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pool } from 'pg';
import type { NewEvent } from '../../eventstore/log.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { testRuns } from '../testing/runs.js';
import { gameEvent, registered } from '../testing/stories.js';
import { momentAt, rememberedAt } from './asked.js';
import { openRecall } from './recall.js';
import { fakeMeaning, keepingWarn } from './testing/parts.js';
import { minute, penta, said } from './testing/told.js';

const { fresh, starting } = testRuns();

async function lived(...events: NewEvent[]): Promise<Pool> {
  const log = memoryLog();
  log.tell('player-p0', registered(), ...events);
  log.tell('player-p1', registered(), said('I have a dog', minute(0)));
  const { pool } = await fresh();
  assert.ok(await starting(log, pool).caughtUpWithLog(60_000));
  return pool as Pool;
}

/** As of a time: what is listed, and what is found by a word that is in none of it. */
async function countsAt(pool: Pool, at: string): Promise<{ listed: string[]; found: string[] }> {
  const { vectors, embedder } = fakeMeaning([]);
  const recall = openRecall({ pool, vectors, embedder, open: async () => null, warn: keepingWarn().warn });
  const { revision, until } = await momentAt(pool, 'p0', at);
  const cue = { at, until, facts: {} };
  const found = await recall.recallAt({ playerId: 'p0', revision, cue, text: 'a word', limit: 100 });
  const counts = (all: { key: string; count: number }[]) =>
    all.map(({ key, count }) => `${count} ${key.replace(/^talk.*/, 'talk')}`).sort();
  const listed = counts(await rememberedAt(pool, 'p0', at));
  return { listed, found: counts(found.map(({ memory }) => memory)) };
}

describe('a moment of the game time', () => {
  it('is after the last thing that was told by then, by the game or by the player', async () => {
    const death = gameEvent('player.death', minute(5), {});
    const pool = await lived(penta(minute(1)), said('my cat is called Momo', minute(3)), death);
    const at = async (minutes: number) => (await momentAt(pool, 'p0', minute(minutes))).revision;
    assert.deepEqual(await Promise.all([0, 1, 2, 3, 4, 5, 6].map(at)), [-1, 1, 1, 2, 2, 3, 3]);
  });

  it('is the same where the months of its events are in the archive: memories are not', async () => {
    const saved = gameEvent('player.save_loaded', minute(6), { savedAt: minute(1) });
    const told = said('my cat is called Momo', minute(3));
    const again = penta('2026-12-01T10:00:00.000Z');
    const pool = await lived(penta(minute(1)), penta(minute(2)), told, saved, penta(minute(7)), again);
    const at = async () => Promise.all([0, 1, 2, 4, 6, 8].map((minutes) => countsAt(pool, minute(minutes))));
    const before = await at();
    for (const { listed, found } of before) assert.deepEqual(listed, found);
    assert.deepEqual(before[3]!.found, ['1 talk', '2 multi_kill/5/Jinx']);
    assert.deepEqual(before[4]!.found, ['1 multi_kill/5/Jinx'], 'the load undid the rest');
    await pool.query("delete from game_events where at < '2026-12-01'");
    assert.deepEqual(await at(), before);
  });

  it('counts what was lived by then, also where it was told later than what came after', async () => {
    const pool = await lived(penta(minute(60)), penta(minute(1)), penta(minute(2)));
    for (const [minutes, count] of [
      [1, 1],
      [2, 2],
      [61, 3],
    ] as const) {
      const expected = [`${count} multi_kill/5/Jinx`];
      assert.deepEqual(await countsAt(pool, minute(minutes)), { listed: expected, found: expected });
    }
  });
});
