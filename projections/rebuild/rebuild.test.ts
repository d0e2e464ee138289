import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from 'pg';
import type { MemoryLog } from '../../eventstore/testing/memory-log.js';
import { timelineOf } from '../game-events.js';
import { skipParked } from '../halted.js';
import { projections } from '../index.js';
import { readModels } from '../models.js';
import type { Projection, Row } from '../projection.js';
import { projectionNamed } from '../testing/folded.js';
import { allRows, testRuns } from '../testing/runs.js';
import { gameEvent, play } from '../testing/stories.js';
import { BuildStopped } from './build.js';
import { BeingRebuilt } from './lock.js';
import { type RebuildOptions, rebuild } from './rebuild.js';
import { dropOld } from './switch.js';

const emotions = projectionNamed('emotions');

const { fresh, starting, cleanRun } = testRuns();
const { signal } = new AbortController();

const rebuildAll = (log: MemoryLog, pool: Pool, options: Partial<RebuildOptions> = {}) =>
  rebuild({ log, pool }, projections, { signal, ...options });

const stagesOf = async (pool: Pool, name: string) =>
  (await readModels(pool))
    .filter((model) => model.name === name)
    .map(({ stage }) => stage)
    .sort();

const withFold = (fold: Projection['fold'], version = emotions.version): Projection => ({
  ...emotions,
  version,
  fold,
});

/** A log of which the read models have everything, and nobody follows any more. */
async function settled(events = 300) {
  const log = play({ events });
  const { pool } = await fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  return { log, pool };
}

test('what is built from nothing equals what was written live, byte for byte; the old one is kept until dropped', async () => {
  const { log, pool } = await settled();
  const before = await allRows(pool);
  const told: string[] = [];
  const rebuilt = await rebuildAll(log, pool, { onProgress: ({ phase }) => told.push(phase) });
  assert.deepEqual(
    rebuilt.map(({ name, comparison, switched }) => [name, comparison?.equal, switched]),
    projections.map(({ name }) => [name, true, true]),
  );
  assert.deepEqual(await allRows(pool), before);
  assert.deepEqual(new Set(told), new Set(['reading', 'indexing', 'comparing', 'switching']));
  assert.deepEqual(await stagesOf(pool, 'emotions'), ['live', 'old']);
  const old = await pool.query('select count(*)::int as count from agl_old.emotions');
  assert.equal(old.rows[0].count, 300);
  assert.equal(await dropOld(pool, emotions), true);
  assert.equal(await dropOld(pool, emotions), false);
  assert.deepEqual(await stagesOf(pool, 'emotions'), ['live']);
  const there = await pool.query("select to_regclass('agl_old.emotions') as there");
  assert.equal(there.rows[0].there, null);
});

test('live goes on meanwhile, and nothing of it is missing afterwards', async () => {
  const log = play({ players: 5, events: 1_500 });
  const { pool } = await fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  let told = 0;
  const telling = setInterval(() => {
    const at = new Date(Date.parse('2026-12-01T00:00:00Z') + told * 1000).toISOString();
    log.tell(`player-p${told++ % 5}`, gameEvent('player.kill', at));
  }, 5);
  for (let round = 0; round < 2; round++) {
    for (const { comparison } of await rebuildAll(log, pool))
      assert.ok(comparison!.equal, JSON.stringify(comparison));
  }
  clearInterval(telling);
  assert.ok(told > 20, 'it was told while it was rebuilt');
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('another version is shown by what it changes; a dry run stops there, and the next one goes on', async () => {
  const { log, pool } = await settled(100);
  const before = await allRows(pool);
  const felt = withFold((event, state) => {
    const folded = emotions.fold(event, state);
    const row = folded.emotions as Record<string, unknown> | undefined;
    return row?.rule_id === 'kill' ? { ...folded, emotions: { ...row, label: 'calm' } } : folded;
  }, emotions.version + 1);
  const [dry] = await rebuild({ log, pool }, [felt], { signal, dryRun: true });
  assert.equal(dry!.switched, false);
  assert.deepEqual(dry!.before, { version: emotions.version, sameCode: false });
  const [table] = dry!.comparison!.tables;
  const { changed, gone, added, columns, samples } = table!.difference!;
  assert.deepEqual([gone, added], [0, 0]);
  assert.ok(changed > 0);
  assert.deepEqual(columns, { label: changed });
  assert.deepEqual([Object.keys(samples[0]!.was!), samples[0]!.is], [['label'], { label: 'calm' }]);
  assert.deepEqual(Object.keys(samples[0]!.key), ['player_id', 'at', 'revision']);
  assert.deepEqual(await allRows(pool), before);
  let read = 0;
  const [done] = await rebuild({ log, pool }, [felt], {
    signal,
    onProgress: (progress) => {
      if (progress.phase === 'reading') read = progress.events;
    },
  });
  assert.equal(read, 0, 'nothing is read twice');
  assert.ok(done!.switched);
  const calm = await pool.query("select count(*)::int as count from emotions where label = 'calm'");
  assert.equal(calm.rows[0].count, changed);
});

test('rows that somebody has tampered with are found, shown and mended', async () => {
  const { log, pool } = await settled(100);
  const before = await allRows(pool);
  await pool.query("update emotions set label = 'proud' where revision = 3 and player_id = 'p1'");
  await pool.query("delete from players where id = 'p2'");
  await pool.query("insert into emotion_states values ('nobody', '{}', 0)");
  const rebuilt = await rebuildAll(log, pool);
  const found = rebuilt.flatMap(({ comparison }) =>
    comparison!.tables.flatMap(({ table, difference }) =>
      difference ? [[table, difference.changed, difference.gone, difference.added]] : [],
    ),
  );
  assert.deepEqual(found.sort(), [
    ['emotion_states', 0, 1, 0],
    ['emotions', 1, 0, 0],
    ['players', 0, 0, 1],
  ]);
  assert.deepEqual(await allRows(pool), before);
});

test('an event that cannot be taken stops it, named, and leaves what is read as it is; passed over, it goes on', async () => {
  const { log, pool } = await settled(60);
  const before = await allRows(pool);
  const { id, position } = log.events.filter(({ type }) => type === 'GameEventRecorded')[40]!;
  const poisoned = withFold((event, state) => {
    if (event.id === id) throw new TypeError('no such feeling');
    return emotions.fold(event, state);
  });
  await assert.rejects(rebuild({ log, pool }, [poisoned], { signal }), (error: Error) => {
    assert.ok(error instanceof BuildStopped);
    assert.match(error.message, new RegExp(`^emotions: GameEventRecorded ${id} at ${position} of player-`));
    assert.match(error.message, /no such feeling/);
    return true;
  });
  assert.deepEqual(await allRows(pool), before);
  await pool.query(
    `insert into parked_events values ('emotions', $1, 'p', 'id', 'type', 'stream', 0, 'why', null, 1, 'parked')`,
    [position],
  );
  await skipParked(pool, { projection: 'emotions', position });
  const [done] = await rebuild({ log, pool }, [poisoned], { signal });
  assert.equal(done!.comparison!.tables[0]!.difference!.gone, 1);
});

test('a row that Postgres refuses is found among all that was written with it', async () => {
  const { log, pool } = await settled(60);
  const { id } = log.events.filter(({ type }) => type === 'GameEventRecorded')[40]!;
  const refused = withFold((event, state) => {
    const folded = emotions.fold(event, state);
    return event.id === id
      ? { ...folded, emotions: { ...(folded.emotions as Row), intensity: 'much' } }
      : folded;
  });
  const which = projections.map((one) => (one.name === 'emotions' ? refused : one));
  await assert.rejects(rebuild({ log, pool }, which, { signal }), (error: Error) => {
    assert.ok(error instanceof BuildStopped);
    assert.match(error.message, new RegExp(`^emotions: GameEventRecorded ${id} .*invalid input syntax`));
    return true;
  });
  const built = (await readModels(pool)).filter(({ stage }) => stage === 'next');
  assert.deepEqual(built.find(({ name }) => name === 'emotions')?.events, 40);
  assert.deepEqual(built.find(({ name }) => name === 'game_events')?.events, 60);
});

test('more players than are remembered: who comes again goes on where he was', async () => {
  const log = play({ players: 5_050, events: 10_200 });
  const { pool } = await fresh();
  // What is remembered is remembered the same for all: that each of them can go on is tried out by kills.
  const some = ['emotions', 'sessions'].map(projectionNamed);
  await rebuild({ log, pool }, some, { signal });
  assert.deepEqual(await allRows(pool, some), await cleanRun(log, some));
});

test('of two at once one rebuilds, and the other is told', async () => {
  const { log, pool } = await settled(50);
  const both = await Promise.allSettled([rebuildAll(log, pool), rebuildAll(log, pool)]);
  const refused = both.filter((one) => one.status === 'rejected');
  assert.equal(refused.length, 1);
  assert.ok(refused[0]!.reason instanceof BeingRebuilt);
  assert.match(refused[0]!.reason.message, /is being rebuilt by another process/);
});

test('appends nothing to the log', async () => {
  const { log, pool } = await settled(50);
  const readOnly: MemoryLog = { ...log, append: () => assert.fail('a rebuild appends') };
  await rebuildAll(readOnly, pool);
});

test('who reads while it is switched always finds rows', async () => {
  const { log, pool } = await settled(200);
  let asked = 0;
  let done = false;
  const asking = (async () => {
    while (!done) {
      const { items } = await timelineOf(pool, { playerId: 'p0', limit: 100 });
      assert.equal(items.length, 67);
      asked++;
    }
  })();
  const read = [projectionNamed('game_events')];
  for (let round = 0; round < 8; round++) await rebuild({ log, pool }, read, { signal });
  done = true;
  await asking;
  assert.ok(asked > 10);
});
