import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pool } from 'pg';
import { openBook } from '../../domain/emotion/book.js';
import { type MemoryLog, memoryLog } from '../../eventstore/testing/memory-log.js';
import { projectionsOf } from '../index.js';
import { testRuns } from '../testing/runs.js';
import { gameEvent, stored } from '../testing/stories.js';
import { vectorsInPostgres } from '../vectors/vectors.pg.js';
import { memoriesById, rememberedAt } from './asked.js';
import { indexOfMemories } from './index-of-memories.js';
import { forgettableOf, keptOf } from './kept.js';
import { openRecall } from './recall.js';
import { configured, gameCreated, pentakill, seated, sharing } from './testing/games.js';
import { fakeMeaning, keepingWarn } from './testing/parts.js';

const { fresh, starting } = testRuns();
const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00.000Z`;

/** Ann plays two games of a client: as `there`, where something happens, and as `here`, where it is remembered. */
function twoGames(): MemoryLog {
  const log = memoryLog();
  for (const game of ['there', 'here']) {
    log.tell(`game-${game}`, gameCreated(sharing));
    log.tell(`player-${game}`, seated({ gameId: game, person: 'ann' }));
  }
  return log;
}

async function remembering(log: MemoryLog) {
  const { pool } = await fresh();
  const { embedder } = fakeMeaning([]);
  const vectors = vectorsInPostgres({ pool });
  const { said, warn } = keepingWarn();
  const opened: string[] = [];
  const open = async (playerId: string) => {
    opened.push(playerId);
    return playerId === 'there' ? 'my cat is called Dumpling' : null;
  };
  const store = indexOfMemories({ vectors, embedder, open, onRefused: () => {} });
  const run = starting(
    log,
    pool,
    projectionsOf(openBook(), { index: { store, model: embedder.model } }).filter(({ name }) =>
      ['memories', 'memory_vectors', 'players', 'games', 'game_events'].includes(name),
    ),
  );
  const recall = openRecall({ pool, vectors, embedder, open, warn });
  const ask = async ({ hour = 23, text }: { hour?: number; text?: string }) => {
    assert.ok(await run.caughtUpWithLog(60_000));
    const cue = { at: at(hour), facts: text ? {} : { hero: 'Jinx' } };
    const given = { playerId: 'here', revision: 1_000, cue, limit: 3, ...(text && { text }) };
    return (await recall.recallFor(given)).map(({ memory }) => memory);
  };
  const counts = async (given: { hour?: number; text?: string }) =>
    (await ask(given)).map(({ key, count, elsewhere }) => `${count} ${key} ${elsewhere?.gameId ?? 'here'}`);
  const listed = async (hour: number) =>
    (await rememberedAt(pool as Pool, 'here', at(hour))).map(({ key, count }) => `${count} ${key}`);
  return { ask, counts, listed, pool: pool as Pool, opened, said };
}

const jinx = (hour: number) => pentakill(at(hour), 'Jinx');

describe('what was lived in another game that shares it', () => {
  it('comes to mind, by facts and by meaning, and its words are opened with the key of the player who wrote them', async () => {
    const log = twoGames();
    const told = { at: at(11), text: 'sealed:x', lang: 'en', tells: true };
    log.tell('player-there', jinx(10), stored('ChatMessageReceived', told));
    const { ask, counts, opened, said, pool } = await remembering(log);
    const [found] = await ask({});
    assert.deepEqual(found!.elsewhere, { playerId: 'there', gameId: 'there' });
    assert.deepEqual([found!.sources, found!.facts.matchId], [[], undefined], 'no id of over there');
    assert.match((await counts({ text: 'what is my cat called?' }))[0]!, /^1 talk\/.* there$/);
    assert.ok(opened.every((player) => player === 'there'));
    assert.ok((await memoriesById(pool, 'here', [found!.memoryId])).get(found!.memoryId)?.elsewhere);
    assert.deepEqual(said, []);
  });

  it('is as it was at that time, along the line of play of over there', async () => {
    const log = twoGames();
    // A past of its own, as long as this stream: revisions of the other say nothing here.
    log.tell('player-here', jinx(9));
    log.tell('player-there', jinx(10), jinx(12));
    log.tell('player-there', gameEvent('player.save_loaded', at(14), { savedAt: at(11) }), jinx(16));
    const { counts, listed } = await remembering(log);
    const of = (count: number) => [`${count} multi_kill/5/Jinx there`, '1 multi_kill/5/Jinx here'];
    for (const [hour, count] of [
      [11, 1],
      [13, 2],
      [15, 1],
      [17, 2],
    ] as const) {
      assert.deepEqual((await counts({ hour })).sort(), of(count).sort(), `at ${hour}`);
      assert.deepEqual(await listed(hour), ['1 multi_kill/5/Jinx', `${count} multi_kill/5/Jinx`]);
    }
    assert.deepEqual(await counts({ hour: 9 }), ['1 multi_kill/5/Jinx here']);
  });

  it('no longer does once one of the games does not share', async () => {
    const log = twoGames();
    log.tell('player-there', jinx(10));
    const { counts } = await remembering(log);
    for (const game of ['there', 'here']) {
      log.tell(`game-${game}`, configured({}));
      assert.deepEqual(await counts({}), []);
      log.tell(`game-${game}`, configured(sharing));
      assert.deepEqual(await counts({}), ['1 multi_kill/5/Jinx there']);
    }
  });

  it('is let be here when it is to be forgotten here, and stays over there', async () => {
    const log = twoGames();
    log.tell('player-there', jinx(10), jinx(11));
    log.tell('player-here', jinx(9));
    const { ask, counts, pool } = await remembering(log);
    const { memoryId } = (await ask({})).find(({ elsewhere }) => elsewhere)!;
    assert.equal(await keptOf(pool, 'here', memoryId), null, 'nobody forgets it from here');
    const forgettable = await forgettableOf(pool, 'here', memoryId);
    assert.equal(forgettable!.memoryIds.length, 2);
    assert.ok(!forgettable!.keys.includes('multi_kill/5/Jinx'), 'that key is of a memory here');
    log.tell('player-here', stored('MemoriesForgotten', { ...forgettable, reason: 'asked', at: at(12) }));
    assert.deepEqual(await counts({}), ['1 multi_kill/5/Jinx here'], 'what is of this game has the same key');
    assert.equal((await rememberedAt(pool, 'there'))[0]!.count, 2);
    assert.match(
      (await counts({ text: 'the pentakill with Jinx' }))[0]!,
      /here$/,
      'and is found by its meaning',
    );
  });

  it('is not spoken of again soon, in whichever game it was', async () => {
    for (const game of ['there', 'here']) {
      const log = twoGames();
      const [, lived] = log.tell('player-there', gameEvent('match.start', at(9)), jinx(10));
      const { ask, counts } = await remembering(log);
      const [found] = await ask({});
      const emotion = { label: 'happy', intensity: 1, valence: 1, arousal: 0, dominance: 0, confidence: 1 };
      const act = { at: at(20), actionId: 'a', causedBy: lived!.id, action: 'cheer', occasion: 'kill' };
      const recalled = [{ memoryId: found!.memoryId, score: 0.5 }];
      const acted = { ...act, emotion: { ...emotion, source: 'rule' }, recalled };
      log.tell(`player-${game}`, stored('CompanionActed', acted));
      assert.deepEqual(await counts({}), [], game);
    }
  });
});
