import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import type { Pool } from 'pg';
import type { MemoryLog } from '../eventstore/testing/memory-log.js';
import { parkedOf } from './halted.js';
import { makeLive, readModel } from './models.js';
import { ask, type Build } from './rebuild/builder.js';
import { rebuild } from './rebuild/rebuild.js';
import { dropOld } from './rebuild/switch.js';
import { startProjections } from './runner.js';
import { cabinet } from './testing/cabinet.js';
import { keepingLogger } from './testing/database.js';
import { idOf, notes, pointsIn } from './testing/notes.js';
import { until } from './testing/processes.js';
import { testRuns } from './testing/runs.js';
import { gameEvent, play } from './testing/stories.js';

const { fresh, starting } = testRuns();
const { signal } = new AbortController();
const POINTS = ['points'];
const away = () => Promise.reject(Object.assign(new Error('nobody answers'), { code: '22P02' }));

/** Two read models of the same events, of which one is beside Postgres; its store can be hindered. */
async function both() {
  const log = play({ players: 3, events: 60 });
  const { pool } = await fresh();
  const shelf = cabinet(idOf);
  const which = [notes, pointsIn(shelf.store)];
  return { log, pool, shelf, which };
}

const tell = (log: MemoryLog, count: number) => {
  for (let nth = 0; nth < count; nth++)
    log.tell(`player-p${nth % 3}`, gameEvent('player.kill', `2026-11-22T00:00:${10 + nth}Z`));
};

const notesIn = async (pool: Pool) => (await pool.query('select * from notes order by id')).rows;
const byId = (rows: { id?: unknown }[]) => [...rows].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));

/** What an undisturbed run over the same log makes elsewhere. */
async function clean(log: MemoryLog) {
  const { pool } = await fresh();
  const shelf = cabinet(idOf);
  await rebuild({ log, pool }, [pointsIn(shelf.store)], { signal });
  return byId(shelf.rows('points'));
}

test('a store that is away stops its own read model alone, which then catches up from the log', async () => {
  const { log, pool, shelf, which } = await both();
  const run = starting(log, pool, which);
  assert.ok(await run.caughtUp(await log.head(), 60_000, POINTS));
  let tries = 0;
  shelf.hinder(() => {
    tries++;
    return away();
  });
  tell(log, 20);
  assert.ok(await run.caughtUpWithLog(60_000), 'the other one goes on');
  assert.equal((await notesIn(pool)).length, 80);
  await until('it tries again', async () => tries > 2);
  const [first, second] = await run.status();
  assert.deepEqual([first!.state, first!.trouble], ['live', null]);
  assert.deepEqual([second!.state, second!.trouble], ['retrying', 'the store of points: nobody answers']);
  assert.deepEqual(await parkedOf(pool, 'points', { after: 0, limit: 9 }), []);
  tell(log, 5);
  assert.ok(await run.caughtUpWithLog(60_000));
  shelf.hinder(() => {});
  assert.ok(await run.caughtUp(await log.head(), 60_000, POINTS));
  const states = (await run.status()).map(({ state, parked }) => [state, parked]);
  assert.deepEqual(states, [
    ['live', 0],
    ['live', 0],
  ]);
  await run.stop();
  assert.deepEqual(byId(shelf.rows('points')), await clean(log));
  const levels = run.logger.lines.map(({ level, message }) => `${level}: ${message}`);
  assert.deepEqual(new Set(levels), new Set(['warn: the projections pause']));
});

test('one that takes its time holds up nobody else, and no transaction waits for it', async () => {
  const { log, pool, shelf, which } = await both();
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  shelf.hinder((call) => (call === 'write' ? answered : undefined));
  const run = starting(log, pool, which);
  for (let round = 0; round < 3; round++) {
    tell(log, 2);
    assert.ok(await run.caughtUpWithLog(60_000));
  }
  assert.equal((await notesIn(pool)).length, 66);
  assert.deepEqual(shelf.rows('points'), []);
  const open = await pool.query(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in%'",
  );
  assert.equal(open.rows[0].n, 0);
  answer();
  assert.ok(await run.caughtUp(await log.head(), 60_000, POINTS));
  assert.deepEqual(byId(shelf.rows('points')), await clean(log));
});

test('while it is built anew, what is read goes on, also after its store was away', async () => {
  const { log, pool, shelf, which } = await both();
  let building = () => {};
  const begun = new Promise<void>((resolve) => {
    building = resolve;
  });
  /** Takes until it is told to end. */
  const build: Build = async (_names, ended) => {
    building();
    await once(ended, 'abort');
    return [];
  };
  const run = startProjections({ log, pool, projections: which, logger: keepingLogger(), build });
  assert.ok(await run.caughtUp(await log.head(), 60_000, POINTS));
  await ask(pool, which[1]!, { by: 'http' });
  await begun;
  shelf.hinder(away);
  tell(log, 3);
  const state = async () => (await run.status())[1]!.state;
  await until('it is away', async () => (await state()) === 'retrying');
  shelf.hinder(() => {});
  assert.ok(await run.caughtUp(await log.head(), 60_000, POINTS));
  await run.stop();
  assert.equal(shelf.rows('points').length, 63);
});

test('an engine starts without the store, and makes room there as soon as it answers', async () => {
  const { log, pool, shelf, which } = await both();
  shelf.hinder(away);
  await makeLive(pool, which);
  const run = starting(log, pool, which);
  assert.ok(await run.caughtUpWithLog(60_000));
  const trouble = async () => (await run.status())[1]!.trouble;
  await until('it says why', async () => /nobody answers/.test((await trouble()) ?? ''));
  shelf.hinder(() => {});
  assert.ok(await run.caughtUp(await log.head(), 60_000, POINTS));
  assert.equal(shelf.rows('points').length, 60);
});

test('rows that are lost elsewhere are no empty read model: they are built anew, all of them', async () => {
  const { log, pool, shelf, which } = await both();
  const run = starting(log, pool, which);
  assert.ok(await run.caughtUp(await log.head(), 60_000, POINTS));
  shelf.generations.clear();
  tell(log, 1);
  await until('they are there', async () => shelf.rows('points').length === 61);
  assert.ok(await run.caughtUp(await log.head(), 60_000, POINTS));
  assert.deepEqual(byId(shelf.rows('points')), await clean(log));
  const told = run.logger.lines.filter(({ message }) => /has lost it/.test(message));
  assert.equal(told.length, 1);
});

test('a rebuild mends what is lost, also what it has begun itself', async () => {
  const { log, pool, shelf, which } = await both();
  const points = which[1]!;
  await rebuild({ log, pool }, [points], { signal });
  await rebuild({ log, pool }, [points], { signal, dryRun: true });
  shelf.generations.clear();
  await rebuild({ log, pool }, [points], { signal });
  assert.deepEqual(byId(shelf.rows('points')), await clean(log));
});

test('what Postgres has given up is dropped elsewhere later, when that could not be done at once', async () => {
  const { log, pool, shelf, which } = await both();
  const points = which[1]!;
  for (let round = 0; round < 2; round++) await rebuild({ log, pool }, [points], { signal });
  assert.equal(shelf.generations.size, 2);
  shelf.hinder((call) => (call === 'drop' ? away() : undefined));
  await assert.rejects(dropOld(pool, points), /the store of points: nobody answers/);
  assert.equal(await readModel(pool, 'points', 'old'), undefined);
  shelf.hinder(() => {});
  assert.equal(await dropOld(pool, points), false);
  assert.equal(shelf.generations.size, 1);
});
