import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { openPool } from './database.js';
import { describeProcess, postmasterPid } from './embedded-postgres/postmaster.js';
import { emotionsOf } from './emotions.js';
import { eventsThisMonth, timelineOf } from './game-events.js';
import { projections } from './index.js';
import { type RunningProjections, startProjections, watchProjections } from './runner.js';
import { keepingLogger, type TestServer, testServer } from './testing/database.js';
import type { MemoryLog } from './testing/memory-log.js';
import { CLIENT, gameEvent, play, registered, stored } from './testing/stories.js';

let server: TestServer;
before(async () => {
  server = await testServer();
});
after(() => server.stop());

const CHILD = fileURLToPath(new URL('./testing/run-projections.js', import.meta.url));
const TABLES = [
  'game_events',
  'player_usage',
  'emotions',
  'emotion_states',
  'companion_actions',
  'players',
  'games',
];

/** Every row of every read model, in an order of its own. */
async function allRows(pool: Pool): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of TABLES) {
    all[table] = (await pool.query(`select * from ${table} as t order by t::text`)).rows;
  }
  return all;
}

let started: RunningProjections[] = [];
const starting = (log: MemoryLog, pool: Pool, which = projections) => {
  const logger = keepingLogger();
  const running = startProjections({ log, pool, projections: which, logger });
  started.push(running);
  return { logger, ...running };
};
afterEach(async () => {
  await Promise.all(started.map((running) => running.stop()));
  started = [];
});

/** What an undisturbed run over a log makes. */
async function cleanRun(log: MemoryLog): Promise<Record<string, unknown[]>> {
  const { pool } = await server.fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(30_000));
  await run.stop();
  assert.deepEqual(run.logger.lines, []);
  return allRows(pool);
}

test('a log becomes rows, and what comes later is added', async () => {
  const log = play({ players: 3, events: 300 });
  const { pool } = await server.fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(30_000));
  const rows = await allRows(pool);
  assert.equal(rows.game_events!.length, 300);
  assert.equal(rows.emotions!.length, 300);
  assert.equal(rows.companion_actions!.length, 60);
  assert.equal(rows.players!.length, 3);
  assert.equal(rows.games!.length, 1);
  assert.equal(await eventsThisMonth(pool, CLIENT, new Date('2026-11-05')), 300);
  log.tell('player-p0', gameEvent('player.kill', '2026-11-21T00:00:00Z'));
  assert.ok(await run.caughtUpWithLog(5_000));
  assert.equal((await allRows(pool)).game_events!.length, 301);
  const status = await run.status();
  assert.deepEqual(
    status.map(({ name, state, position, lag, parked }) => ({ name, state, position, lag, parked })),
    projections.map(({ name }) => ({
      name,
      state: 'live',
      position: log.events.length,
      lag: { positions: 0, seconds: 0 },
      parked: 0,
    })),
  );
  assert.ok(status.find(({ name }) => name === 'game_events')!.rate > 0);
  await run.stop();
  assert.ok((await run.status()).every(({ state }) => state === 'stopped'));
});

test('killed without warning again and again, it ends with the rows of a clean run', async () => {
  const events = 5_000;
  const { pool, url } = await server.fresh();
  let kills = 0;
  for (let round = 0; round < 5; round++) {
    const child = spawn(process.execPath, [CHILD, url, String(events)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = new Promise((resolve) => child.once('close', resolve));
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    while (!said.includes('started') && child.exitCode === null) await sleep(5);
    await sleep(60 + round * 97);
    if (!said.includes('done')) kills++;
    child.kill('SIGKILL');
    await closed;
  }
  assert.ok(kills > 0, 'it was never killed in the middle');
  const log = play({ events, players: 20 });
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(30_000));
  await run.stop();
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('Postgres killed in the middle: it waits, resumes and nothing is lost or doubled', async () => {
  const log = play({ events: 8_000, players: 20 });
  const { pool } = await server.fresh();
  const run = starting(log, pool);
  for (let round = 0; round < 2; round++) {
    await sleep(250);
    // While it comes back the file still names the dead one.
    let pid: number | null = null;
    while (pid === null || !(await describeProcess(pid))) {
      await sleep(20);
      pid = await postmasterPid(join(server.dir, 'data'));
    }
    process.kill(pid, 'SIGKILL');
    assert.equal(await run.caughtUp(Number.MAX_SAFE_INTEGER, 50), false);
  }
  log.tell('player-p0', gameEvent('player.victory', '2026-11-22T00:00:00Z'));
  assert.ok(await run.caughtUpWithLog(30_000));
  await run.stop();
  assert.ok(run.logger.lines.length > 0, 'it never noticed');
  assert.deepEqual(new Set(run.logger.lines.map(({ level }) => level)), new Set(['warn']));
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('connections cut in the middle of batches change nothing', async () => {
  const log = play({ events: 5_000, players: 20 });
  const { pool } = await server.fresh();
  const { pool: other } = await server.fresh();
  const run = starting(log, pool);
  for (let round = 0; round < 5; round++) {
    await sleep(60);
    await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname <> current_database()
        and datname like 'test_%' and application_name = 'agl'`,
    );
  }
  assert.ok(await run.caughtUpWithLog(30_000));
  await run.stop();
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('of two instances one writes; when it is gone the other takes over', async () => {
  const log = play({ events: 50 });
  const { pool, url } = await server.fresh();
  const first = starting(log, pool);
  assert.ok(await first.caughtUpWithLog(10_000));
  const otherPool = openPool({ url, logger: keepingLogger() });
  const second = starting(log, otherPool);
  await sleep(100);
  assert.ok((await second.status()).every(({ state }) => state === 'standby'));
  assert.ok(await second.caughtUpWithLog(2_000), 'who waits knows what the other wrote');
  const watching = watchProjections({ log, pool: otherPool, projections });
  assert.ok(await watching.caughtUpWithLog(2_000));
  await first.stop();
  log.tell('player-p0', gameEvent('player.kill', '2026-11-22T00:00:00Z'));
  assert.ok(await second.caughtUpWithLog(10_000));
  assert.ok((await second.status()).every(({ state }) => state === 'live'));
  assert.deepEqual([...second.logger.lines, ...first.logger.lines], []);
  await second.stop();
  await otherPool.end();
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('a log delivered once more from its start changes no row', async () => {
  const log = play({ events: 400 });
  const { pool } = await server.fresh();
  const first = starting(log, pool);
  await first.caughtUpWithLog(10_000);
  await first.stop();
  const before = await allRows(pool);
  await pool.query('update checkpoints set position = 0');
  const second = starting(log, pool);
  assert.ok(await second.caughtUpWithLog(10_000));
  await second.stop();
  assert.deepEqual(await allRows(pool), before);
});

test('a new version of a read model starts anew, and only that one', async () => {
  const log = play({ events: 100 });
  const { pool } = await server.fresh();
  const first = starting(log, pool);
  await first.caughtUpWithLog(10_000);
  await first.stop();
  const before = await allRows(pool);
  await pool.query(`delete from games; delete from game_events; delete from player_usage`);
  const next = projections.map((one) =>
    one.name === 'game_events' ? { ...one, version: one.version + 1 } : one,
  );
  const run = starting(log, pool, next);
  assert.ok(await run.caughtUpWithLog(10_000));
  await run.stop();
  assert.deepEqual(await allRows(pool), { ...before, games: [] });
});

test('times of years ago and of tomorrow find their month', async () => {
  const log = play({ players: 1, events: 0 });
  const times = [
    '2000-01-01T00:00:00.000Z',
    '2011-12-31T23:59:59.999Z',
    '2012-01-01T00:00:00.000Z',
    '2026-11-24T00:00:00.000Z',
  ];
  for (const at of times) log.tell('player-p0', gameEvent('player.kill', at));
  const { pool } = await server.fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(10_000));
  await run.stop();
  const { items } = await timelineOf(pool, { playerId: 'p0', limit: 10 });
  assert.deepEqual(
    items.map(({ at }) => at),
    times,
  );
  const { rows } = await pool.query(`select tableoid::regclass::text as part from game_events order by at`);
  assert.deepEqual(
    rows.map(({ part }) => part),
    ['game_events_2000_01', 'game_events_2011_12', 'game_events_2012_01', 'game_events_2026_11'],
  );
  assert.equal((await emotionsOf(pool, { playerId: 'p0', upTo: times[1]!, limit: 10 })).items.length, 2);
});

test('hostile events neither stop it nor are lost without a word', async () => {
  const log = play({ players: 1, events: 3 });
  const deep = JSON.parse(`${'['.repeat(4000)}${']'.repeat(4000)}`);
  log.tell('player-p0', gameEvent('custom.nul', '2026-11-20T11:00:00Z', { 'k\0': 'a\0b\ud800', ok: '好😀' }));
  log.tell('player-p0', gameEvent('custom.deep', '2026-11-20T11:00:01Z', { deep }));
  log.tell(
    'player-p0',
    stored('GameEventRecorded', { type: 'player.kill', at: 'never', data: {}, context: {} }),
  );
  log.tell('player-p0', stored('HologramProjected', { of: 'a newer version' }));
  log.tell('player-p9', registered());
  const { pool } = await server.fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(10_000));
  const { items } = await timelineOf(pool, { playerId: 'p0', limit: 10 });
  assert.equal(items.length, 5);
  assert.deepEqual(items[3]!.data, { 'k\uFFFD': 'a\uFFFDb\uFFFD', ok: '好😀' });
  const parked = (await run.status())
    .filter((one) => one.parked > 0)
    .map(({ name, parked }) => [name, parked]);
  assert.deepEqual(parked, [
    ['game_events', 1],
    ['emotions', 1],
  ]);
  assert.match(run.logger.lines.map(({ message }) => message).join(), /unreadable/);
  await run.stop();
});

test('an event that Postgres refuses is parked alone, with its place and reason', async () => {
  const log = play({ players: 1, events: 20 });
  const long = `x${'y'.repeat(200)}`;
  log.tell('player-p0', gameEvent(long, '2026-11-20T12:00:00Z'));
  log.tell('player-p0', gameEvent('player.kill', '2026-11-20T12:00:01Z'));
  const { pool } = await server.fresh();
  await pool.query('alter table game_events add constraint short check (length(type) < 100)');
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(10_000));
  const { items } = await timelineOf(pool, { playerId: 'p0', limit: 100 });
  assert.equal(items.length, 21);
  assert.equal((await run.status()).find(({ name }) => name === 'game_events')!.parked, 1);
  const [line] = run.logger.lines;
  assert.equal(line!.message, 'an event was parked');
  assert.deepEqual(Object.keys(line!.fields), ['projection', 'id', 'type', 'position', 'reason']);
  await run.stop();
  assert.equal((await pool.query('select sum(parked)::int as parked from checkpoints')).rows[0].parked, 1);
});

test('a partition that somebody removed is made again', async () => {
  const log = play({ players: 1, events: 5 });
  const { pool } = await server.fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(10_000));
  await pool.query('drop table game_events_2026_11');
  log.tell('player-p0', gameEvent('player.kill', '2026-11-22T00:00:00Z'));
  assert.ok(await run.caughtUpWithLog(10_000));
  assert.equal((await timelineOf(pool, { playerId: 'p0', limit: 10 })).items.length, 1);
  assert.equal((await run.status())[2]!.parked, 0);
  await run.stop();
});
