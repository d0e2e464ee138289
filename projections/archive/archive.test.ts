import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Pool } from 'pg';
import type { MemoryLog } from '../../eventstore/testing/memory-log.js';
import { projections } from '../index.js';
import { openLocks } from '../locks.js';
import { rebuildLock } from '../rebuild/lock.js';
import { rebuild } from '../rebuild/rebuild.js';
import { once } from '../testing/database.js';
import { projectionNamed } from '../testing/folded.js';
import { until } from '../testing/processes.js';
import { allRows, testRuns } from '../testing/runs.js';
import { gameEvent, play } from '../testing/stories.js';
import { archiveMonths } from './archive.js';
import { ArchiveError, readManifest } from './manifest.js';
import { archivedMonths, shelvesOf } from './months.js';
import { restoreMonths } from './restore.js';

const emotions = projectionNamed('emotions');

const { fresh, starting, cleanRun } = testRuns();
const { signal } = new AbortController();
const folders: string[] = [];
after(() => Promise.all(folders.map((dir) => rm(dir, { recursive: true, force: true }))));

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'agl-archive-'));
  folders.push(dir);
  return dir;
}

const SEPTEMBER = { from: '2026-09-30T23:50:00Z', events: 1_500 };
const BEFORE = '2026-10';
/** Tables with a September: each is a file. */
const BY_MONTH = shelvesOf(projections).length;

/** The same ids whenever it is made. */
function september(): MemoryLog {
  const log = play(SEPTEMBER);
  log.tell('player-p0', gameEvent('custom.odd', '2026-09-01T00:00:00.123Z', odd));
  return log;
}

const made = once(async () => {
  const { pool, url } = await fresh();
  const run = starting(september(), pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  await pool.end();
  return { url };
});

/** Read models with ten minutes of September and the rest of October; nobody follows any more. */
async function settled() {
  const { pool } = await fresh(await made());
  return { log: september(), pool, dir: await folder() };
}

/** What a way through files and JSON could spoil. */
const odd = {
  lines: 'a\u2028b\u2029c\r\nd\te\\n\\',
  quotes: '"\u0001\u0002\u007f\'',
  script: '太强了！🎉',
  numbers: [1e308, 5e-324, -0.1],
  nested: { '': [null, true, {}] },
};

const archive = (pool: Pool, dir: string, before = BEFORE) =>
  archiveMonths(pool, projections, { before, dir });

const fails = (work: Promise<unknown>, message: RegExp) =>
  assert.rejects(work, (error: Error) => {
    assert.ok(error instanceof ArchiveError, String(error.stack));
    assert.match(error.message, message);
    return true;
  });

test('a month goes to files, and comes back byte for byte; all else stays where it is', async () => {
  const { pool, dir } = await settled();
  const long = "jsonb_set(data, '{numbers,0}', '9007199254740993.00000000000000000000010')";
  await pool.query(`update game_events set data = ${long} where type = 'custom.odd'`);
  const before = await allRows(pool);
  const files = await archive(pool, dir);
  assert.deepEqual(files.map(({ table, month, rows }) => [table, month, rows]).sort(), [
    ['companion_actions', '2026-09', 120],
    ['companion_lines', '2026-09', 60],
    ['emotions', '2026-09', 601],
    ['game_events', '2026-09', 601],
  ]);
  const archived = await allRows(pool);
  assert.equal(archived.game_events!.length, 900);
  for (const table of Object.keys(before).filter((one) => !files.some(({ table: its }) => its === one)))
    assert.deepEqual(archived[table], before[table]);
  assert.deepEqual(await readManifest(dir), files);
  const { file } = files.find(({ table }) => table === 'game_events')!;
  const rows = gunzipSync(await readFile(join(dir, file)))
    .toString()
    .trimEnd()
    .split('\n');
  assert.equal(rows.length, 601);
  const keys = rows.map((row) => JSON.parse(row)).map(({ player_id, at }) => `${player_id} ${at}`);
  assert.deepEqual(keys, keys.toSorted());
  assert.deepEqual((await readdir(dir)).length, BY_MONTH + 1);
  assert.equal((await pool.query("select to_regclass('game_events_2026_09') as there")).rows[0].there, null);
  assert.deepEqual(await archive(pool, dir), []);

  const restored = await restoreMonths(pool, projections, { month: '2026-09' });
  assert.deepEqual(restored.map((one) => one.rows).sort(), files.map((one) => one.rows).sort());
  assert.deepEqual(await allRows(pool), before);
  assert.deepEqual(await archivedMonths(pool), []);
  assert.equal((await readdir(dir)).length, BY_MONTH + 1, 'the files stay');
  assert.deepEqual(
    (await archive(pool, dir)).map((one) => one.sha256).sort(),
    files.map((one) => one.sha256).sort(),
  );
  assert.equal((await readdir(dir)).length, BY_MONTH + 1, 'the same rows are the same file');
});

const rebuiltEqual = async (log: MemoryLog, pool: Pool) => {
  for (const { comparison } of await rebuild({ log, pool }, projections, { signal }))
    assert.ok(comparison!.equal, JSON.stringify(comparison));
};

test('what comes late is written live, also beside a running engine, and only that comes by a rebuild', async () => {
  const { log, pool, dir } = await settled();
  const run = starting(log, pool);
  let late = 0;
  const tell = async () => {
    for (let n = 0; n < 7; n++)
      log.tell(`player-p${n % 3}`, gameEvent('player.kill', `2026-09-15T10:00:${10 + late++}Z`));
    assert.ok(await run.caughtUpWithLog(60_000));
  };
  const september = async () =>
    (await pool.query("select count(*)::int as n from game_events where at < '2026-10-01T00:00:00Z'")).rows[0]
      .n;
  await tell();
  await archive(pool, dir);
  assert.equal(await september(), 0);
  await tell();
  assert.equal(await september(), 7);
  await rebuiltEqual(log, pool);
  assert.equal(await september(), 7);
  const again = await archive(pool, dir);
  assert.deepEqual(again.map(({ rows }) => rows).sort(), [7, 7]);
  assert.equal((await archivedMonths(pool)).find(({ table }) => table === 'emotions')!.rows, 601 + 14);
  await rebuiltEqual(log, pool);
  assert.equal(await september(), 0);
  await tell();
  await run.stop();
  assert.deepEqual(
    run.logger.lines.filter(({ level }) => level === 'error'),
    [],
  );
  await restoreMonths(pool, projections, {});
  assert.deepEqual(await allRows(pool), await cleanRun(log));
  await rebuiltEqual(log, pool);
});

test('it goes on while events of that very month come', async () => {
  const { log, pool, dir } = await settled();
  const run = starting(log, pool);
  let told = 0;
  const telling = setInterval(() => {
    const at = new Date(Date.parse('2026-09-10T00:00:00Z') + told * 1000).toISOString();
    log.tell(`player-p${told++ % 3}`, gameEvent('player.kill', at));
  }, 2);
  for (let round = 0; round < 2; round++) await archive(pool, dir);
  await restoreMonths(pool, projections, {});
  for (let round = 0; round < 2; round++) await archive(pool, dir);
  clearInterval(telling);
  assert.ok(told > 20, 'it was told meanwhile');
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  await rebuiltEqual(log, pool);
  await restoreMonths(pool, projections, {});
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('a damaged or missing file is named, and no row is written', async () => {
  const { pool, dir } = await settled();
  const files = await archive(pool, dir);
  const rows = await allRows(pool);
  const last = join(dir, files.at(-1)!.file);
  const whole = await readFile(last);
  const restoring = () => restoreMonths(pool, projections, {});
  const flipped = Buffer.from(whole);
  flipped[4]! ^= 1;
  await writeFile(last, flipped);
  await fails(
    restoring(),
    new RegExp(`${files.at(-1)!.file} is damaged: its sha256 is not that of the manifest$`),
  );
  await writeFile(last, whole.subarray(0, whole.length / 2));
  await fails(restoring(), new RegExp(`${files.at(-1)!.file} is damaged: `));
  await rm(last);
  await fails(restoring(), new RegExp(`^there is no file .*${files.at(-1)!.file}$`));
  await writeFile(last, whole);
  const manifest = await readFile(join(dir, 'manifest.json'));
  await writeFile(join(dir, 'manifest.json'), manifest.subarray(9));
  await fails(restoring(), /manifest\.json is damaged/);
  await fails(restoreMonths(pool, projections, { dir: tmpdir() }), /manifest\.json does not tell of /);
  await fails(restoreMonths(pool, projections, { month: '2020-01' }), /^nothing of 2020-01 is archived$/);
  assert.deepEqual(await allRows(pool), rows);
  await writeFile(join(dir, 'manifest.json'), manifest);
  assert.equal((await restoring()).length, BY_MONTH);
});

test('rows of another version are refused, both ways', async () => {
  const { log, pool, dir } = await settled();
  await archive(pool, dir);
  const { version } = emotions;
  const newer = { ...emotions, version: version + 1 };
  const others = projections.map((one) => (one === emotions ? newer : one));
  await fails(
    archiveMonths(pool, others, { before: '2026-11', dir }),
    new RegExp(`^emotions is version ${version} .* program's is ${version + 1}`),
  );
  await rebuild({ log, pool }, [newer], { signal });
  const rows = await allRows(pool);
  await fails(
    restoreMonths(pool, others, {}),
    new RegExp(
      `^emotions-2026-09-.* holds emotions of 2026-09 of version ${version} of emotions, which is version ${version + 1} now$`,
    ),
  );
  assert.deepEqual(await allRows(pool), rows);
});

test('with a rebuild it takes turns; a build that nobody goes on with is begun anew', async () => {
  const { log, pool, dir } = await settled();
  const locks = await openLocks(pool);
  await locks.take([rebuildLock('emotions')]);
  await fails(archive(pool, dir), /^emotions is being rebuilt, or archived, by another process/);
  await locks.release();
  await rebuild({ log, pool }, projections, { signal, dryRun: true });
  await archive(pool, dir);
  await rebuiltEqual(log, pool);
  assert.equal((await allRows(pool)).emotions!.length, 900);
  await rebuild({ log, pool }, projections, { signal, dryRun: true });
  await restoreMonths(pool, projections, {});
  await rebuiltEqual(log, pool);
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('while events are parked nothing is archived: their rows would be of before its end', async () => {
  const { pool, dir } = await settled();
  await pool.query(`insert into parked_events
    (projection, position, subject, event_id, type, stream, revision, error, tries, state)
    values ('emotions', 3, 'p0', 'x', 'y', 'z', 1, 'e', 1, 'parked')`);
  await fails(archive(pool, dir), /^emotions: 1 events are parked/);
  assert.equal((await allRows(pool)).emotions!.length, 1_501);
});

test('who reads for long is waited for, and others read meanwhile', async () => {
  const { pool, dir } = await settled();
  const reader = await pool.connect();
  await reader.query('begin; select 1 from game_events limit 1');
  const archiving = archive(pool, dir);
  const waiting =
    "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'drop table%'";
  for (let round = 0; round < 2; round++) {
    await until('it waits for the reader', async () => (await pool.query(waiting)).rowCount);
    // Behind it in the queue, and answered before the reader is done.
    await pool.query("select 1 from game_events where player_id = 'p0' limit 1");
  }
  await reader.query('commit');
  reader.release();
  assert.equal((await archiving).length, BY_MONTH);
});
