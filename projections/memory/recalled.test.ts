import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pool } from 'pg';
import { openBook } from '../../domain/emotion/book.js';
import type { MemoryLog } from '../../eventstore/testing/memory-log.js';
import { projectionsOf } from '../index.js';
import { testRuns } from '../testing/runs.js';
import { gameEvent, play, stored } from '../testing/stories.js';
import { vectorsInPostgres } from '../vectors/vectors.pg.js';
import { indexOfMemories } from './index-of-memories.js';
import { openRecall } from './recall.js';
import { fakeMeaning, keepingWarn } from './testing/parts.js';

const { fresh, starting } = testRuns();
const penta = (at: string, hero: string) => gameEvent('player.multi_kill', at, { hero, killCount: 5 });

/** Of `player-p0`, with what follows the log and who asks. */
async function remembering(log: MemoryLog) {
  const { pool } = await fresh();
  const { embedder } = fakeMeaning([]);
  const vectors = vectorsInPostgres({ pool });
  const { said, warn } = keepingWarn();
  const open = async () => 'my cat is called Dumpling';
  const store = indexOfMemories({ vectors, embedder, open, onRefused: () => {} });
  const projections = projectionsOf(openBook(), { index: { store, model: embedder.model } });
  const run = starting(
    log,
    pool,
    projections.filter(({ name }) => name.startsWith('memor')),
  );
  const recall = openRecall({ pool, vectors, embedder, open, warn });
  const keys = async (given: { text?: string; hero?: string; at?: string; revision?: number }) => {
    assert.ok(await run.caughtUpWithLog(60_000));
    const { hero, text, at = '2026-11-28T20:30:00.000Z', revision = 1_000 } = given;
    const cue = { at, facts: { ...(hero && { hero }) } };
    const found = await recall.recallFor({ playerId: 'p0', revision, cue, limit: 3, ...(text && { text }) });
    return found.map(({ memory: { key, count } }) => `${count} ${key}`);
  };
  return { keys, said, run, pool: pool as Pool };
}

describe('from the log to what comes to mind', () => {
  it('by what is shared, by meaning, as of then, and never what is forgotten', async () => {
    const log = play({ players: 1, events: 0 });
    const tell = (...events: Parameters<MemoryLog['tell']>[1][]) => log.tell('player-p0', ...events);
    tell(penta('2026-11-20T20:00:00Z', 'Jinx'), penta('2026-11-20T21:00:00Z', 'Lux'));
    tell(
      stored('ChatMessageReceived', {
        at: '2026-11-20T22:00:00Z',
        text: 'sealed:x',
        lang: 'en',
        tells: true,
      }),
    );
    const { keys, said, pool } = await remembering(log);
    assert.deepEqual(await keys({ hero: 'Jinx' }), ['1 multi_kill/5/Jinx']);
    assert.match((await keys({ text: 'what is my cat called?' }))[0]!, /^1 talk/);
    const [again] = tell(penta('2026-11-22T20:00:00Z', 'Jinx'));
    assert.deepEqual(
      await keys({ hero: 'Jinx' }),
      ['2 multi_kill/5/Jinx'],
      'of what was lived a moment ago too',
    );
    assert.deepEqual(await keys({ hero: 'Jinx', revision: again!.revision - 1 }), ['1 multi_kill/5/Jinx']);
    const { rows } = await pool.query(`select id, key from memories where key like 'multi_kill/5/Jinx'`);
    const forgotten = { keys: [rows[0]!.key], memoryIds: rows.map(({ id }) => id), reason: 'asked' };
    tell(stored('MemoriesForgotten', { ...forgotten, at: '2026-11-23T20:00:00Z' }));
    assert.deepEqual(await keys({ hero: 'Jinx' }), []);
    assert.deepEqual(await keys({ text: 'that pentakill with Jinx' }), ['1 multi_kill/5/Lux']);
    assert.deepEqual(said, []);
  });

  it('not what was told lately', async () => {
    const log = play({ players: 1, events: 0 });
    log.tell('player-p0', penta('2026-11-20T20:00:00Z', 'Jinx'));
    const { keys, pool } = await remembering(log);
    assert.deepEqual(await keys({ hero: 'Jinx' }), ['1 multi_kill/5/Jinx']);
    const { rows } = await pool.query('select id from memories');
    const recalled = [{ memoryId: rows[0]!.id, score: 0.5 }];
    const act = {
      at: '2026-11-27T20:00:00Z',
      actionId: 'a',
      causedBy: 'b',
      action: 'cheer',
      occasion: 'kill',
    };
    const emotion = { label: 'happy', intensity: 1, valence: 1, arousal: 0, dominance: 0, confidence: 1 };
    log.tell(
      'player-p0',
      stored('CompanionActed', { ...act, emotion: { ...emotion, source: 'rule' }, recalled }),
    );
    assert.deepEqual(await keys({ hero: 'Jinx' }), []);
    assert.deepEqual(await keys({ hero: 'Jinx', at: '2026-12-01T20:00:00Z' }), ['1 multi_kill/5/Jinx']);
  });
});
