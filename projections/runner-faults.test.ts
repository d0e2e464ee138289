import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describeProcess, postmasterPid } from './embedded-postgres/postmaster.js';
import { timelineOf } from './game-events.js';
import { projections } from './index.js';
import { once } from './testing/database.js';
import { allRows, testRuns } from './testing/runs.js';
import { gameEvent, play, registered, stored } from './testing/stories.js';

const CHILD = fileURLToPath(new URL('./testing/run-projections.js', import.meta.url));
const { fresh, dir, starting, cleanRun } = testRuns();
const EVENTS = 5_000;
const played = () => play({ events: EVENTS, players: 20 });
const clean = once(() => cleanRun(played()));

test('killed without warning again and again, it ends with the rows of a clean run', async () => {
  const { pool, url } = await fresh();
  let kills = 0;
  for (let round = 0; round < 3; round++) {
    const child = spawn(process.execPath, [CHILD, url, String(EVENTS)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = new Promise((resolve) => child.once('close', resolve));
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    while (!said.includes('started') && child.exitCode === null) await sleep(5);
    await sleep(60 + round * 170);
    if (!said.includes('done')) kills++;
    child.kill('SIGKILL');
    await closed;
  }
  assert.ok(kills > 0, 'it was never killed in the middle');
  const run = starting(played(), pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  assert.deepEqual(await allRows(pool), await clean());
});

test('Postgres killed in the middle: it waits, resumes and nothing is lost or doubled', async () => {
  const log = play({ events: 8_000, players: 20 });
  const { pool } = await fresh();
  const run = starting(log, pool);
  for (let round = 0; round < 2; round++) {
    await sleep(250);
    // While it comes back the file still names the dead one.
    let pid: number | null = null;
    while (pid === null || !(await describeProcess(pid))) {
      await sleep(20);
      pid = await postmasterPid(join(dir(), 'data'));
    }
    process.kill(pid, 'SIGKILL');
    assert.equal(await run.caughtUp(Number.MAX_SAFE_INTEGER, 50), false);
  }
  log.tell('player-p0', gameEvent('player.victory', '2026-11-22T00:00:00Z'));
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  assert.ok(run.logger.lines.length > 0, 'it never noticed');
  assert.deepEqual(new Set(run.logger.lines.map(({ level }) => level)), new Set(['warn']));
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('connections cut in the middle of batches change nothing', async () => {
  const { pool } = await fresh();
  const { pool: other } = await fresh();
  const run = starting(played(), pool);
  for (let round = 0; round < 3; round++) {
    await sleep(60);
    await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname <> current_database()
        and datname like 'test_%' and application_name = 'agl'`,
    );
  }
  const caughtUp = await run.caughtUpWithLog(60_000);
  assert.ok(caughtUp, JSON.stringify([await run.status(), run.logger.lines.slice(-6)]));
  await run.stop();
  assert.deepEqual(await allRows(pool), await clean());
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
  const { pool } = await fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  const { items } = await timelineOf(pool, { playerId: 'p0', limit: 10 });
  assert.equal(items.length, 5);
  assert.deepEqual(items[3]!.data, { 'k\uFFFD': 'a\uFFFDb\uFFFD', ok: '好😀' });
  const parked = (await run.status())
    .filter((one) => one.parked > 0)
    .map(({ name, parked }) => [name, parked]);
  const concerned = projections.filter(({ types }) => types.includes('GameEventRecorded'));
  assert.deepEqual(
    parked,
    concerned.map(({ name }) => [name, 1]),
  );
  assert.match(JSON.stringify(run.logger.lines), /"at: not a time|: at: not a time/);
  await run.stop();
});

test('a partition that somebody removed is made again', async () => {
  const log = play({ players: 1, events: 5 });
  const { pool } = await fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  await pool.query('drop table game_events_2026_11');
  log.tell('player-p0', gameEvent('player.kill', '2026-11-22T00:00:00Z'));
  assert.ok(await run.caughtUpWithLog(60_000));
  assert.equal((await timelineOf(pool, { playerId: 'p0', limit: 10 })).items.length, 1);
  assert.equal((await run.status())[2]!.parked, 0);
  await run.stop();
});
