import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { projections } from '../index.js';
import { until } from '../testing/processes.js';
import { allRows, testRuns } from '../testing/runs.js';
import { play } from '../testing/stories.js';
import { archivedMonths, shelvesOf } from './months.js';
import { restoreMonths } from './restore.js';

const CHILD = fileURLToPath(new URL('../testing/run-archive.js', import.meta.url));
const { fresh, starting } = testRuns();
const dir = await mkdtemp(join(tmpdir(), 'agl-archive-'));
after(() => rm(dir, { recursive: true, force: true }));

/**
 * Runs the child again and again, killed later and later, until it comes to its end. Later by a part of what has gone
 * before, so that a machine that needs ten times as long needs a few rounds more. Returns how often.
 */
async function killedUntilDone(args: string[], look: () => Promise<void>): Promise<number> {
  for (let [round, ms] = [0, 10]; ; round++, ms = Math.ceil(ms * 1.25) + 20) {
    assert.ok(round < 60, 'it never ends');
    const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = new Promise((resolve) => child.once('close', resolve));
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    while (!said.includes('started') && child.exitCode === null) await sleep(2);
    await Promise.race([sleep(ms), closed]);
    child.kill('SIGKILL');
    await closed;
    if (said.includes('done')) return round + 1;
    await look();
  }
}

/** Nobody of a killed process is still at work: its connections end when the server finds out. */
const alone = (pool: Pool) =>
  until('its connections end', async () => {
    const sql = `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`;
    const held = await pool.query("select count(*)::int as n from pg_locks where locktype = 'advisory'");
    return (await pool.query(sql)).rows[0].n === 0 && held.rows[0].n === 0;
  });

test('killed at any moment every row is in its table or in the archive, and another run ends it', async () => {
  const log = play({ events: 5_000, players: 20, from: '2026-09-30T23:00:00Z' });
  const { pool, url } = await fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  const before = await allRows(pool);
  const tables = shelvesOf(projections).map(({ name }) => name);
  const september = async (table: string) =>
    (await pool.query(`select count(*)::int as n from ${table} where at < '2026-10-01T00:00:00Z'`)).rows[0].n;
  const all = new Map<string, number>();
  for (const table of tables) all.set(table, await september(table));
  const halves = new Set<string>();

  const everyRowIsSomewhere = async () => {
    await alone(pool);
    const known = await archivedMonths(pool);
    for (const table of tables) {
      const archived = known.find((one) => one.table === table)?.rows ?? 0;
      const there = await september(table);
      assert.equal(archived + there, all.get(table));
      assert.ok(archived === 0 || there === 0);
    }
    halves.add(known.map(({ table }) => table).join());
  };
  const archived = await killedUntilDone([url, dir, '2026-10'], everyRowIsSomewhere);
  assert.ok(archived > 1, 'it was never killed in the middle');
  assert.equal((await archivedMonths(pool)).length, tables.length);
  const restored = await killedUntilDone([url, dir], everyRowIsSomewhere);
  assert.ok(restored > 1, 'it was never killed in the middle');
  assert.ok(halves.size > 1, `killed when this was archived: ${[...halves].join(' | ')}`);
  assert.deepEqual(await restoreMonths(pool, projections, {}), []);
  assert.deepEqual(await allRows(pool), before);
});
