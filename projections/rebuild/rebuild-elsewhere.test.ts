import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from 'pg';
import { openLocks } from '../locks.js';
import { readModels, Superseded } from '../models.js';
import type { Projection, Row } from '../projection.js';
import { cabinet } from '../testing/cabinet.js';
import { idOf, notes, pointsIn } from '../testing/notes.js';
import { until } from '../testing/processes.js';
import { testRuns } from '../testing/runs.js';
import { gameEvent, play } from '../testing/stories.js';
import { ask } from './builder.js';
import { discardNext } from './discard.js';
import { BeingRebuilt, rebuildLock } from './lock.js';
import { type RebuildProgress, rebuild } from './rebuild.js';

const { fresh, starting } = testRuns();
const { signal } = new AbortController();
const POINTS = ['points'];

test('a read model in another store is built beside, and switched by what that store has for it', async () => {
  const log = play({ players: 3, events: 100 });
  const { pool } = await fresh();
  const { store, rows, generations } = cabinet(idOf);
  const points = pointsIn(store);
  const run = starting(log, pool, [points]);
  const arrived = async () => run.caughtUp(await log.head(), 60_000, POINTS);
  assert.ok(await arrived());
  const before = rows('points');
  assert.equal(before.length, 100);
  const [same] = await rebuild({ log, pool }, [points], { signal });
  assert.ok(same!.comparison!.equal, JSON.stringify(same));
  assert.deepEqual(rows('points'), before);
  const [other] = await rebuild({ log, pool }, [tenfold(points)], { signal });
  assert.equal(other!.comparison!.equal, false);
  assert.deepEqual(
    rows('points').map(({ nth }) => nth),
    before.map(({ nth }) => Number(nth) * 10),
  );
  log.tell('player-p0', gameEvent('player.kill', '2026-11-22T00:00:00Z'));
  assert.ok(await arrived());
  await run.stop();
  assert.equal(rows('points').length, 101);
  assert.equal(generations.size, 2, 'that of before is kept, the one before that is dropped');
});

const tenfold = (points: Projection): Projection => ({
  ...points,
  fold(event, state) {
    const folded = points.fold(event, state);
    const point = folded.points as Row;
    return { ...folded, points: { ...point, nth: Number(point.nth) * 10 } };
  },
});

/** Notes in Postgres and points elsewhere that belong to them, both up to date, and nobody follows any more. */
async function settled() {
  const log = play({ players: 3, events: 60 });
  const { pool } = await fresh();
  const shelf = cabinet(idOf);
  const points = { ...pointsIn(shelf.store), together: 'notes' };
  const which = [notes, points];
  await rebuild({ log, pool }, which, { signal });
  return { log, pool, shelf, points, which, before: await liveIn(pool) };
}

/** Name → the generation that is read. */
const liveIn = async (pool: Pool) =>
  Object.fromEntries(
    (await readModels(pool)).flatMap(({ name, stage, generation }) =>
      stage === 'live' ? [[name, generation]] : [],
    ),
  ) as Record<string, string>;

const areBothNew = (now: Record<string, string>, before: Record<string, string>) =>
  now.notes !== before.notes && now.points !== before.points;

test('two that belong together are switched both or none', async () => {
  const { log, pool, shelf, points, before } = await settled();
  const read = shelf.rows('points');
  // Somebody takes the second away when the first was moved all but.
  await assert.rejects(
    rebuild({ log, pool }, [notes, tenfold(points)], {
      signal,
      onProgress: (told) => {
        if (told.phase === 'switching' && told.name === 'points')
          void pool.query("delete from read_models where name = 'points' and stage = 'next'");
      },
    }),
    Superseded,
  );
  assert.deepEqual(await liveIn(pool), before);
  assert.deepEqual(shelf.rows('points'), read);
  const rebuilt = await rebuild({ log, pool }, [notes, tenfold(points)], { signal });
  assert.deepEqual(
    rebuilt.map(({ name, comparison, switched }) => [name, comparison!.equal, switched]),
    [
      ['notes', true, true],
      ['points', false, true],
    ],
  );
  assert.ok(areBothNew(await liveIn(pool), before));
});

test('broken off between the two stores: the next start publishes what Postgres has switched', async () => {
  const { log, pool, shelf, points, before } = await settled();
  const which = [notes, tenfold(points)];
  shelf.hinder((call) => {
    if (call === 'publish') return areBothNewInside();
  });
  const old = shelf.rows('points');
  let switched = false;
  /** Lets those pass that say again what is read already. */
  async function areBothNewInside() {
    switched ||= areBothNew(await liveIn(pool), before);
    if (switched) throw new Error('broken off');
  }
  await assert.rejects(rebuild({ log, pool }, which, { signal }), /the store of points: broken off/);
  assert.ok(areBothNew(await liveIn(pool), before), 'both are switched in Postgres');
  assert.deepEqual(shelf.rows('points'), old);
  shelf.hinder(() => {});
  const run = starting(log, pool, which);
  await until('it is published', async () => Number(shelf.rows('points')[0]!.nth) % 10 === 0);
  assert.ok(await run.caughtUp(await log.head(), 60_000, POINTS));
  assert.equal(shelf.rows('points').length, 60);
});

test('while somebody rebuilds one of them, nobody rebuilds the other', async () => {
  const { log, pool, which } = await settled();
  const other = await openLocks(pool);
  await other.take([rebuildLock('points')]);
  await assert.rejects(rebuild({ log, pool }, which, { signal }), BeingRebuilt);
  await other.release();
  await assert.rejects(rebuild({ log, pool }, [which[1]!], { signal }), /built together with notes/);
});

test('what was begun of both is given up, in both stores, and what is read stays', async () => {
  const { log, pool, shelf, which, before } = await settled();
  const stood = shelf.generations.size;
  await rebuild({ log, pool }, which, { signal, dryRun: true });
  assert.equal(shelf.generations.size, stood + 1);
  assert.deepEqual(await discardNext(pool, which), ['notes', 'points']);
  assert.deepEqual(await discardNext(pool, which), []);
  assert.equal(shelf.generations.size, stood);
  assert.deepEqual(await liveIn(pool), before);
  const there = await pool.query("select to_regclass('agl_next.notes') as there");
  assert.equal(there.rows[0].there, null);
  let read = 0;
  const onProgress = (told: RebuildProgress) => {
    if (told.phase === 'reading') read = told.events;
  };
  await rebuild({ log, pool }, which, { signal, onProgress });
  assert.ok(read >= 60, 'it begins anew');
});

test('an engine asked for one builds both; a new version of one as well', async () => {
  const { log, pool, which, points, before } = await settled();
  const run = starting(log, pool, which);
  assert.ok(await run.caughtUpWithLog(60_000));
  for (const one of which) {
    const stood = await liveIn(pool);
    await ask(pool, one, { by: 'http' });
    await until('both are new', async () => areBothNew(await liveIn(pool), stood));
  }
  await run.stop();
  const stood = await liveIn(pool);
  assert.ok(areBothNew(stood, before));
  const next = starting(log, pool, [notes, { ...points, version: 2 }]);
  assert.ok(await next.caughtUp(await log.head(), 60_000, POINTS));
  assert.ok(areBothNew(await liveIn(pool), stood));
  log.tell('player-p0', gameEvent('player.kill', '2026-11-22T00:00:00Z'));
  assert.ok(await next.caughtUp(await log.head(), 60_000, ['notes', 'points']));
});
