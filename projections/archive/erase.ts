import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Pool } from 'pg';
import type { Projection } from '../projection.js';
import {
  type ArchiveFile,
  addToManifest,
  filesBefore,
  flushFolder,
  readManifest,
  replaceInManifest,
} from './manifest.js';
import { archivedMonths, shelvesOf, whileNobodyRebuilds } from './months.js';
import { linesOf, writeRows } from './rows-file.js';

const LINES = 1_000;

/** As Postgres writes a row of a player. */
const namesPlayer = (player: string) => (line: string) =>
  line.includes(`"player_id":${JSON.stringify(player)}`);

/** Rows of a player in the files of all archived months that are where they were written. */
export async function countInArchive(pool: Pool, player: string): Promise<number> {
  let found = 0;
  for (const dir of await foldersOf(pool))
    for (const { place } of await filesIn(dir)) found += await countIn(place, player);
  return found;
}

/** What a certificate says of archived months that are on another machine, or nowhere. */
export async function outOfReach(pool: Pool): Promise<string | undefined> {
  const away = (await archivedMonths(pool)).filter(({ file }) => !existsSync(file));
  if (away.length === 0) return undefined;
  const files = away.map(({ file }) => basename(file)).join(', ');
  return `not within reach of the instance that certified, and so not looked at: ${files}`;
}

/**
 * Writes the files that have rows of a player anew without them, one after the other. A file is in the manifest, and in
 * the database, before the one that it stands in for is gone; so whenever this ends, the months can be put back, and what
 * is left to do is found again. @throws ArchiveError
 */
export async function eraseFromArchive(
  pool: Pool,
  projections: readonly Projection[],
  player: string,
): Promise<void> {
  const dirs = await foldersOf(pool);
  if (!(await isToDo(pool, dirs, player))) return;
  await whileNobodyRebuilds(pool, shelvesOf(projections), async (alone) => {
    for (const dir of dirs) {
      await removeParts(dir);
      for (const { file, place } of await filesIn(dir)) {
        if ((await countIn(place, player)) === 0) continue;
        alone();
        await writeAnew(pool, { dir, file, player });
      }
    }
  });
}

/** Nearly nobody is in the archive: for them nobody who rebuilds is held up, nor waited for. */
async function isToDo(pool: Pool, dirs: readonly string[], player: string): Promise<boolean> {
  const parts = await Promise.all(dirs.map(partsIn));
  return parts.flat().length > 0 || (await countInArchive(pool, player)) > 0;
}

async function foldersOf(pool: Pool): Promise<string[]> {
  const months = await archivedMonths(pool);
  return [...new Set(months.map(({ file }) => dirname(file)))].filter((dir) => existsSync(dir));
}

/** All that the manifest tells of, also what follows nothing any more. */
async function filesIn(dir: string): Promise<{ file: ArchiveFile; place: string }[]> {
  const files = await readManifest(dir);
  return files
    .map((file) => ({ file, place: join(dir, file.file) }))
    .filter(({ place }) => existsSync(place));
}

async function countIn(place: string, player: string): Promise<number> {
  const isNamed = namesPlayer(player);
  let found = 0;
  for await (const lines of linesOf(place, LINES)) found += lines.filter(isNamed).length;
  return found;
}

/** Of somebody who was killed while writing it. */
async function removeParts(dir: string): Promise<void> {
  for (const name of await partsIn(dir)) await rm(join(dir, name), { force: true });
}

const partsIn = async (dir: string) => (await readdir(dir)).filter((name) => name.endsWith('.part'));

type Anew = { dir: string; file: ArchiveFile; player: string };

async function writeAnew(pool: Pool, { dir, file: { file: name }, player }: Anew): Promise<void> {
  // What it follows may have been written anew a moment ago.
  const old = (await readManifest(dir)).find(({ file }) => file === name)!;
  const place = join(dir, old.file);
  const written = await writeRows(others(place, player), { dir, name: `${old.table}-${old.month}` });
  const file = { ...old, ...written };
  await addToManifest(dir, file);
  const { rows } = await pool.query(
    'update archived_months set file = $2, sha256 = $3 where file = $1 returning table_name',
    [place, join(dir, file.file), file.sha256],
  );
  await replaceInManifest(dir, old.file, file);
  await rm(place);
  await flushFolder(dir);
  if (rows.length > 0) await countAnew(pool, dir, file);
}

async function* others(place: string, player: string): AsyncGenerator<Buffer> {
  const isNamed = namesPlayer(player);
  for await (const lines of linesOf(place, LINES)) {
    const left = lines.filter((line) => !isNamed(line));
    if (left.length > 0) yield Buffer.from(`${left.join('\n')}\n`);
  }
}

async function countAnew(pool: Pool, dir: string, { file, table, month }: ArchiveFile): Promise<void> {
  const rows = (await filesBefore(dir, basename(file))).reduce((sum, one) => sum + one.rows, 0);
  await pool.query('update archived_months set rows = $3 where table_name = $1 and month = $2', [
    table,
    month,
    rows,
  ]);
}
