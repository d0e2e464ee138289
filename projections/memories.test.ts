import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { openBook } from '../domain/emotion/book.js';
import { feelsBy } from './felt-by.js';
import { memoriesBy } from './memories.js';
import { remembersBy } from './memory/remembers-by.js';
import { keepingsOf, memoriesOf } from './memory/rows.js';
import { aLife, forgotten, minute, penta } from './memory/testing/told.js';
import { rebuild } from './rebuild/rebuild.js';
import { rowsOf } from './testing/folded.js';
import { testRuns } from './testing/runs.js';
import { stored } from './testing/stories.js';

const { fresh, starting } = testRuns();
const memories = () => memoriesBy(remembersBy(feelsBy(openBook())));
const player = { playerId: 'p0' };

describe('given what a player lives through, then rows', () => {
  const { events } = aLife();
  const rows = rowsOf(memories(), events);

  it('one an occurrence, with what it is and whence', () => {
    const kept = rows.memories!.map(({ key, kind, revision, changed }) => [key, kind, revision, changed]);
    const places = events.map(({ position }) => position);
    assert.deepEqual(kept, [
      ['multi_kill/5/Jinx', 'first', 1, places[1]],
      ['multi_kill/5/Jinx', 'moment', 2, places[2]],
      [`talk/${events[3]!.id}`, 'talk', 3, places[3]],
      ['achievement/Hero', 'first', 4, places[4]],
      ['multi_kill/5/Jinx', 'moment', 6, places[6]],
    ]);
    const [first, , talk] = rows.memories!;
    assert.deepEqual(first!.facts, { what: 'player.multi_kill', hero: 'Jinx', killCount: 5 });
    assert.ok((first!.importance as number) > 0.7 && (first!.intensity as number) > 0);
    assert.equal(talk!.sealed, 'sealed:my cat is called Momo');
  });

  it('one a save game that changes what is looked back upon, and one of the mind', () => {
    assert.deepEqual(
      rows.memory_paths!.map(({ revision }) => revision),
      [5],
    );
    assert.equal(rows.memory_minds!.length, 1);
    assert.equal(rows.memory_minds![0]!.revision, 6);
  });

  it('one each time that a memory came to mind, and a tombstone for what is forgotten', () => {
    const log = aLife();
    const { id } = rowsOf(memories(), log.events).memories![0]!;
    const recalled = [{ memoryId: id, score: 0.8 }];
    const data = {
      actionId: 'a1',
      causedBy: 'e',
      at: minute(8),
      emotion: anEmotion,
      action: 'cheer',
      occasion: 'kill',
    };
    log.tell('player-p0', stored('CompanionActed', { ...data, recalled }));
    log.tell('player-p0', forgotten(['multi_kill/5/Jinx'], [String(id)], minute(9)));
    const after = rowsOf(memories(), log.events);
    assert.deepEqual(
      after.memory_uses!.map(({ memory_id, score, at, revision }) => [memory_id, score, at, revision]),
      [[id, 0.8, minute(8), 7]],
    );
    assert.equal(after.memories!.length, 5);
    const row = after.memories!.find((one) => one.id === id)!;
    const { player_id, changed, recorded_at, game_id, client_id, ...left } = row;
    assert.deepEqual(left, { id, forgotten: 'asked', forgotten_at: minute(9) });
  });
});

const anEmotion = {
  ...{ label: 'happy', intensity: 0.5, valence: 0.5, arousal: 0.1, dominance: 0, confidence: 0.9 },
  source: 'rule',
};

test('what is remembered is counted as of any moment, and a forgotten memory begins anew', async () => {
  const log = aLife();
  const { pool } = await fresh();
  const run = starting(log, pool, [memories()]);
  assert.ok(await run.caughtUpWithLog(60_000));
  const at = async (revision: number) =>
    (await memoriesOf(pool, { ...player, revision })).map(({ key, count }) => [key.split('/')[0], count]);
  assert.deepEqual(await at(0), []);
  assert.deepEqual(await at(1), [['multi_kill', 1]]);
  assert.deepEqual(await at(4), [
    ['multi_kill', 2],
    ['talk', 1],
    ['achievement', 1],
  ]);
  // Minute 3 and 4 were undone.
  assert.deepEqual(await at(5), [['multi_kill', 2]]);
  assert.deepEqual(await at(6), [['multi_kill', 3]]);
  const before = (await log.head()) as number;
  const ids = (await keepingsOf(pool, 'p0')).memories
    .filter(({ key }) => /^multi/.test(key))
    .map(({ id }) => id);
  log.tell('player-p0', forgotten(['multi_kill/5/Jinx'], ids, minute(8)), penta(minute(9)));
  assert.ok(await run.caughtUpWithLog(60_000));
  const [anew] = await memoriesOf(pool, { ...player, revision: 8 });
  assert.deepEqual([anew!.count, anew!.firstAt, anew!.revisions], [1, minute(9), [8, 8]]);
  const news = await keepingsOf(pool, 'p0', before);
  assert.deepEqual(
    [news.memories.map(({ id }) => id), [...news.gone].sort()],
    [[anew!.memoryId], ids.sort()],
  );
  assert.deepEqual(await memoriesOf(pool, { playerId: 'p1', revision: 99 }), []);
});

test('rows come to the same however they are made: at once, in pieces, twice, or by a rebuild', async () => {
  const log = aLife();
  const tables = ['memories', 'memory_uses', 'memory_paths', 'memory_minds'];
  const { pool } = await fresh();
  const all = async () =>
    Promise.all(
      tables.map(async (table) => (await pool.query(`select * from ${table} as t order by t::text`)).rows),
    );
  for (let piece = 0; piece < 3; piece++) {
    const run = starting(log, pool, [memories()]);
    assert.ok(await run.caughtUpWithLog(60_000));
    await run.stop();
    log.tell('player-p0', penta(minute(20 + piece)));
  }
  const run = starting(log, pool, [memories()]);
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  const live = await all();
  const { signal } = new AbortController();
  const [rebuilt] = await rebuild({ log, pool }, [memories()], { signal });
  assert.deepEqual(await all(), live);
  assert.ok(rebuilt);
});
