import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { residueIn } from '../erasing/residue.js';
import { projections } from '../index.js';
import { withRebuildLocks } from '../rebuild/lock.js';
import { allRows, testRuns } from '../testing/runs.js';
import { gameEvent, play, stored } from '../testing/stories.js';
import { archiveMonths } from './archive.js';
import { countInArchive, eraseFromArchive, outOfReach } from './erase.js';
import { ArchiveBusy } from './manifest.js';
import { restoreMonths } from './restore.js';

const { fresh, starting } = testRuns();
const folders: string[] = [];
after(() => Promise.all(folders.map((dir) => rm(dir, { recursive: true, force: true }))));

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'agl-archive-'));
  folders.push(dir);
  return dir;
}

/** An archive of two files a month, one after the other, and a player of it who was erased since. */
async function archived() {
  const log = play({ players: 3, events: 60, from: '2026-09-10T10:00:00Z' });
  const { pool } = await fresh();
  const dir = await folder();
  const run = starting(log, pool);
  const archive = async () => {
    assert.ok(await run.caughtUpWithLog(60_000));
    await archiveMonths(pool, projections, { before: '2026-10', dir });
  };
  const whole = async () => {
    assert.ok(await run.caughtUpWithLog(60_000));
    return allRows(pool);
  };
  const before = await whole();
  await archive();
  for (const player of ['p0', 'p1'])
    log.tell(`player-${player}`, gameEvent('player.kill', '2026-09-11T10:00:00Z'));
  await archive();
  log.tell('player-p1', stored('PlayerErased', {}));
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  return { pool, dir, before };
}

const textIn = async (dir: string): Promise<string> => {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.gz') || name.endsWith('.part'));
  const texts = files.map(async (name) => {
    const bytes = await readFile(join(dir, name));
    return name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
  });
  return (await Promise.all(texts)).join('\n');
};

test('an erased player is in no file any more, also of somebody killed while writing; all else comes back', async () => {
  const { pool, dir, before } = await archived();
  await writeFile(join(dir, 'game_events-2026-09.part'), 'half of p1');
  const found = await countInArchive(pool, 'p1');
  assert.ok(found > 40, `${found}`);
  await eraseFromArchive(pool, projections, 'p1');
  assert.equal(await countInArchive(pool, 'p1'), 0);
  assert.doesNotMatch(await textIn(dir), /p1/);
  await eraseFromArchive(pool, projections, 'p1');
  await restoreMonths(pool, projections, {});
  const after = await allRows(pool);
  for (const table of ['game_events', 'emotions', 'companion_actions', 'companion_lines']) {
    const kept = before[table]!.filter((row) => !row.includes('p1'));
    assert.deepEqual(
      after[table]!.filter((row) => !row.includes('2026-09-11')),
      kept,
    );
  }
  assert.equal(
    after.game_events!.filter((row) => row.includes('2026-09-11')).length,
    1,
    'of the second file',
  );
});

test('who is in no file waits for nobody who rebuilds', async () => {
  const { pool } = await archived();
  await withRebuildLocks(pool, projections, async () => {
    await eraseFromArchive(pool, projections, 'nobody');
    await assert.rejects(eraseFromArchive(pool, projections, 'p1'), ArchiveBusy);
  });
  await eraseFromArchive(pool, projections, 'p1');
});

test('of months that are not here it is said that nobody has looked', async () => {
  const { pool, dir } = await archived();
  assert.equal(await outOfReach(pool), undefined);
  await rm(dir, { recursive: true });
  await eraseFromArchive(pool, projections, 'p1');
  assert.match((await outOfReach(pool)) ?? '', /^not within reach .*: .*game_events-2026-09/);
});

test('killed at any step, it is carried out by whoever tries again', async () => {
  const { pool, dir } = await archived();
  const saved = await folder();
  for (const name of await readdir(dir)) await copyFile(join(dir, name), join(saved, name));
  await eraseFromArchive(pool, projections, 'p1');
  // As if it had ended before the old files, and the manifest that tells of them, were gone.
  const manifest = async (of: string) => JSON.parse(await readFile(join(of, 'manifest.json'), 'utf8'));
  const both = { format: 1, files: [...(await manifest(saved)).files, ...(await manifest(dir)).files] };
  for (const name of await readdir(saved))
    if (name.endsWith('.gz')) await copyFile(join(saved, name), join(dir, name));
  await writeFile(join(dir, 'manifest.json'), JSON.stringify(both));
  assert.ok((await countInArchive(pool, 'p1')) > 0);
  await eraseFromArchive(pool, projections, 'p1');
  assert.doesNotMatch(await textIn(dir), /p1/);
  await restoreMonths(pool, projections, {});
  assert.equal((await residueIn(pool, 'p1')).rows, 0);
});

test('files of before, put in their place again, come back without the player', async () => {
  const { pool } = await archived();
  await restoreMonths(pool, projections, {});
  assert.equal((await residueIn(pool, 'p1')).rows, 0);
});
