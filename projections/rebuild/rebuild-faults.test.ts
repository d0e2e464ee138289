import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDatabaseDown } from '../database.js';
import { postmasterPid } from '../embedded-postgres/postmaster.js';
import { projections } from '../index.js';
import { readModels } from '../models.js';
import { once } from '../testing/database.js';
import { until } from '../testing/processes.js';
import { allRows, testRuns } from '../testing/runs.js';
import { play } from '../testing/stories.js';
import { type RebuildProgress, rebuild } from './rebuild.js';

const CHILD = fileURLToPath(new URL('../testing/run-rebuild.js', import.meta.url));
const { fresh, dir, starting } = testRuns();
/**
 * What a rebuild has read it keeps after 8,000: these are some more, so that one may go on from there. With all that is
 * told of them they are fewer than make a new read model be built at once.
 */
const EVENTS = 10_000;
/** At moments apart from each other: before anything is kept, while it is, and after. */
const KILLS = process.env.AGL_LONG === '1' ? 12 : 5;
const played = () => play({ events: EVENTS, players: 20 });
const { signal } = new AbortController();
/** That they are what was written live is tried out beside this. */
const clean = once(async () => {
  const { pool } = await fresh();
  await rebuild({ log: played(), pool }, projections, { signal });
  return allRows(pool);
});

test('killed at any moment it goes on from where it was, and ends with the rows of one that nobody killed', async () => {
  const { pool, url } = await fresh();
  const expected = await clean();
  const begun: number[] = [];
  const built = async () => {
    const models = await readModels(pool);
    return models.find(({ name, stage }) => name === 'emotions' && stage === 'next')?.events ?? 0;
  };
  let said = '';
  for (let round = 0; !said.includes('done'); round++) {
    assert.ok(round < 30, 'it never ends');
    const child = spawn(process.execPath, [CHILD, url, String(EVENTS)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = new Promise((resolve) => child.once('close', resolve));
    said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    while (!said.includes('started') && child.exitCode === null) await sleep(5);
    const from = await built();
    begun.push(from);
    // Some are killed when they have got somewhere, others anywhere; at last one gets through.
    while (round < KILLS && child.exitCode === null && (await built()) === from) await sleep(5);
    await Promise.race([sleep(round < KILLS ? (round * 37) % 90 : 60_000), closed]);
    child.kill('SIGKILL');
    await closed;
  }
  assert.ok(begun.length > 1, 'it was never killed in the middle');
  assert.ok(begun.some((events) => events > 0) || begun.length < 3, String(begun));
  assert.deepEqual(await allRows(pool), expected);
});

test('Postgres killed meanwhile: it says so, and the next one goes on', async () => {
  const log = played();
  const { pool } = await fresh();
  let killed = false;
  const kill = async () => {
    killed = true;
    process.kill((await postmasterPid(join(dir(), 'data')))!, 'SIGKILL');
  };
  const onProgress = (progress: RebuildProgress) => {
    if (!killed && progress.phase === 'reading' && progress.events > 4_000) void kill();
  };
  await assert.rejects(rebuild({ log, pool }, projections, { signal, onProgress }), isDatabaseDown);
  assert.ok(killed);
  await until('Postgres is back', async () => (await pool.query('select 1')).rowCount);
  await rebuild({ log, pool }, projections, { signal });
  const rows = await allRows(pool);
  assert.deepEqual(rows, await clean());
});

test('an engine that finds far more than it has builds apart, and goes on when that is done', async () => {
  // With all that is told of them some more than make a new read model be built at once.
  const log = play({ events: 15_000, players: 20 });
  const { pool } = await fresh();
  const run = starting(log, pool);
  await until('it is being built', async () =>
    (await run.status()).some(({ state }) => state === 'building'),
  );
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  const messages = run.logger.lines.map(({ message }) => message);
  assert.ok(messages.includes('a read model was built and is read from now on'), String(messages));
  assert.equal((await allRows(pool)).game_events!.length, 15_000);
});
