import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database.js';
import type { Model } from '../models.js';
import { makePartitionIn, partitionName, takeTurnsMaking } from '../partitions.js';
import { isLocked, LOCK_MS, patiently } from '../patient.js';
import type { Projection } from '../projection.js';
import { ArchiveError, type ArchiveFile, addToManifest, folderError } from './manifest.js';
import {
  archivedMonth,
  columnsOf,
  giveUpNext,
  liveOf,
  type Shelf,
  shelvesOf,
  whileNobodyRebuilds,
} from './months.js';
import { writeRowsFile } from './rows-file.js';

export type Step = { table: string; month: string; done: number; of: number };

export type ArchiveOptions = {
  /** Months before this one, such as `2026-01`. */
  before: string;
  /** An absolute path. */
  dir: string;
  onProgress?: (step: Step) => void;
};

type Of = { shelf: Shelf; month: string };

/**
 * Writes months into files of a folder, and only then takes them out of their tables: a month is in its table until
 * the very moment in which it is in the archive, whenever this ends. Live goes on meanwhile.
 * @throws ArchiveError in one line; months before the one that failed are archived.
 */
export async function archiveMonths(
  pool: Pool,
  projections: readonly Projection[],
  { before, dir, onProgress }: ArchiveOptions,
): Promise<ArchiveFile[]> {
  const shelves = shelvesOf(projections);
  return whileNobodyRebuilds(pool, shelves, async (alone) => {
    const months: Of[] = [];
    for (const shelf of shelves)
      for (const month of await monthsOf(pool, shelf)) if (month < before) months.push({ shelf, month });
    months.sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
    if (months.length > 0) await makeFolder(dir);
    const archived: ArchiveFile[] = [];
    for (const [done, which] of months.entries()) {
      onProgress?.({ table: which.shelf.name, month: which.month, done, of: months.length });
      const file = await archiveOne(pool, which, { dir, alone });
      if (file) archived.push(file);
    }
    return archived;
  });
}

/** The months that have a partition. */
async function monthsOf(pool: Pool, { name }: Shelf): Promise<string[]> {
  const { rows } = await pool.query(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = to_regclass('public.' || $1) order by 1`,
    [name],
  );
  return rows.flatMap((row) => {
    const found = /_(\d{4})_(\d\d)$/.exec(row.name as string);
    return found ? [`${found[1]}-${found[2]}`] : [];
  });
}

async function makeFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 }).catch((error) => {
    throw folderError(error, dir);
  });
}

type How = { dir: string; alone: () => void };

async function archiveOne(pool: Pool, which: Of, { dir, alone }: How): Promise<ArchiveFile | null> {
  const known = await archivedMonth(pool, which.shelf.name, which.month);
  if (known && dirname(known.file) !== dir)
    throw new ArchiveError(
      `rows of ${known.table} of ${known.month} are in ${dirname(known.file)} already: name it with --dir`,
    );
  const file = await write(pool, which, { dir, follows: known ? basename(known.file) : null });
  if (file === null) return null;
  await addToManifest(dir, file).catch((error) => {
    throw folderError(error, dir);
  });
  alone();
  await takeOut(pool, which, { file, dir });
  return file;
}

/** All rows and the place in the log they are from, as of one moment. `null`: there are none. */
async function write(
  pool: Pool,
  { shelf, month }: Of,
  { dir, follows }: { dir: string; follows: string | null },
): Promise<ArchiveFile | null> {
  const { projection, name, table } = shelf;
  const part = `public.${partitionName(name, month)}`;
  const client = await pool.connect();
  let usable = false;
  try {
    await client.query('begin isolation level repeatable read read only');
    // Rows are to be the same wherever, and by whomever, they are written.
    await client.query("set local timezone = 'UTC'; set local extra_float_digits = 1");
    const live = await liveOf(client, projection);
    await noneParked(client, projection);
    const columns = await columnsOf(client, shelf);
    const { rows } = await client.query(`select 1 from ${part} limit 1`);
    const query = `select ${Object.keys(table.columns).join(', ')} from ${part} order by ${table.key.join(', ')}`;
    const written =
      rows.length === 0 ? null : await writeRowsFile(client, query, { dir, name: `${name}-${month}` });
    await client.query('rollback');
    usable = true;
    if (written === null) return null;
    const model = { name: projection.name, version: live.version };
    const archivedAt = new Date().toISOString();
    return { ...written, table: name, month, upTo: live.position, follows, model, columns, archivedAt };
  } catch (error) {
    throw folderError(error, dir);
  } finally {
    // One that broke off in the middle of a COPY is of no further use.
    client.release(!usable);
  }
}

/** Their rows would come later than the archive, of events that are before its end. */
async function noneParked(client: PoolClient, { name }: Projection): Promise<void> {
  const { rows } = await client.query(
    "select count(*)::int as count from parked_events where projection = $1 and state <> 'skipped'",
    [name],
  );
  if (rows[0].count > 0)
    throw new ArchiveError(
      `${name}: ${rows[0].count} events are parked: they are to be taken or skipped first`,
    );
}

type InFile = { file: ArchiveFile; dir: string };

async function takeOut(pool: Pool, which: Of, inFile: InFile): Promise<void> {
  try {
    await patiently(() => inTransaction(pool, (client) => takeOutOnce(client, which, inFile)));
  } catch (error) {
    if (!isLocked(error)) throw error;
    throw new ArchiveError(`${which.shelf.name} is read all the time: ${which.month} stays there for now`);
  }
}

/** The rows leave their table, and it is written down that they have, in one moment. */
async function takeOutOnce(client: PoolClient, { shelf, month }: Of, { file, dir }: InFile): Promise<void> {
  const { projection, name, table } = shelf;
  const part = `public.${partitionName(name, month)}`;
  await client.query(`set local lock_timeout = ${LOCK_MS}`);
  await giveUpNext(client, projection);
  // Whoever writes the read model waits here; whoever reads it, not before the partition is dropped.
  await client.query("select 1 from read_models where name = $1 and stage = 'live' for update", [
    projection.name,
  ]);
  const live = await liveOf(client, projection);
  await takeTurnsMaking(client);
  const late = await lateRows(client, { part, file, live });
  await client.query(`drop table ${part}`);
  if (late) {
    await makePartitionIn(client, { schema: 'public', table: name, month });
    const columns = Object.keys(table.columns).join(', ');
    await client.query(`insert into public.${name} (${columns}) select ${columns} from agl_late`);
  }
  await client.query(
    `insert into archived_months as known (table_name, month, up_to, rows, file, sha256, archived_at)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (table_name, month) do update set up_to = excluded.up_to, rows = known.rows + excluded.rows,
        file = excluded.file, sha256 = excluded.sha256, archived_at = excluded.archived_at`,
    [name, month, file.upTo, file.rows, join(dir, file.file), file.sha256, file.archivedAt],
  );
}

type Looked = { part: string; file: ArchiveFile; live: Model };

/** Whether rows came since the file was written; they are in `agl_late` then. */
async function lateRows(client: PoolClient, { part, file, live }: Looked): Promise<boolean> {
  const { rows } = await client.query(
    `select count(*) filter (where position <= $1) as written, count(*) filter (where position > $1) as late
      from ${part}`,
    [file.upTo],
  );
  if (live.position < file.upTo || Number(rows[0].written) !== file.rows)
    throw new ArchiveError(`${file.table} of ${file.month} was changed meanwhile: archive it again`);
  if (Number(rows[0].late) === 0) return false;
  await client.query(
    `create temp table agl_late on commit drop as select * from ${part} where position > ${file.upTo}`,
  );
  return true;
}
