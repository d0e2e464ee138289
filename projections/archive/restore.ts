import { basename, dirname, join } from 'node:path';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database.js';
import { makePartition, partitionName } from '../partitions.js';
import type { Projection } from '../projection.js';
import type { Step } from './archive.js';
import { ArchiveError, type ArchiveFile, filesBefore, folderError } from './manifest.js';
import {
  type ArchivedMonth,
  archivedMonths,
  columnsOf,
  giveUpNext,
  liveOf,
  type Shelf,
  shelvesOf,
  whileNobodyRebuilds,
} from './months.js';
import { checkRowsFile, linesOf } from './rows-file.js';

export type RestoreOptions = {
  /** Without one: all that there are. */
  month?: string;
  /** Where the files are, when they are no longer where they were written. */
  dir?: string;
  onProgress?: (step: Step) => void;
};

export type Restored = { table: string; month: string; rows: number; files: string[] };

type Plan = { shelf: Shelf; known: ArchivedMonth; dir: string; files: ArchiveFile[] };

/**
 * Puts rows back as they were, beside those that came since. Every file is checked before any row is written; each
 * month of a table is there whole or not at all. The files stay.
 * @throws ArchiveError in one line
 */
export async function restoreMonths(
  pool: Pool,
  projections: readonly Projection[],
  { month, dir, onProgress }: RestoreOptions,
): Promise<Restored[]> {
  const shelves = shelvesOf(projections);
  return whileNobodyRebuilds(pool, shelves, async (alone) => {
    const known = (await archivedMonths(pool)).filter((one) => month === undefined || one.month === month);
    if (month !== undefined && known.length === 0) throw new ArchiveError(`nothing of ${month} is archived`);
    const plans: Plan[] = [];
    for (const one of known) plans.push(await planFor(pool, { known: one, shelves, dir }));
    for (const plan of plans)
      for (const file of plan.files) await checkRowsFile(join(plan.dir, file.file), file);
    const restored: Restored[] = [];
    for (const [done, plan] of plans.entries()) {
      onProgress?.({ table: plan.known.table, month: plan.known.month, done, of: plans.length });
      alone();
      restored.push(await restoreOne(pool, plan));
    }
    return restored;
  });
}

type Wanted = { known: ArchivedMonth; shelves: readonly Shelf[]; dir: string | undefined };

/** @throws ArchiveError when the rows are not those of the table as it is now. */
async function planFor(pool: Pool, { known, shelves, dir = dirname(known.file) }: Wanted): Promise<Plan> {
  const { table, month } = known;
  const shelf = shelves.find(({ name }) => name === table);
  if (shelf === undefined) throw new ArchiveError(`this program has no table ${table} by month`);
  const files = await filesBefore(dir, basename(known.file)).catch((error) => {
    throw folderError(error, dir);
  });
  if (files.at(-1)!.sha256 !== known.sha256)
    throw new ArchiveError(`${join(dir, basename(known.file))} is not the one that was archived`);
  const live = await liveOf(pool, shelf.projection);
  const columns = await columnsOf(pool, shelf);
  for (const { file, model, columns: were } of files) {
    if (model.version !== live.version)
      throw new ArchiveError(
        `${file} holds ${table} of ${month} of version ${model.version} of ${model.name}, which is version ${live.version} now`,
      );
    if (JSON.stringify(Object.entries(were).sort()) !== JSON.stringify(Object.entries(columns).sort()))
      throw new ArchiveError(`${file} holds other columns than ${table} has now`);
  }
  return { shelf, known, dir, files };
}

async function restoreOne(pool: Pool, { shelf, known, dir, files }: Plan): Promise<Restored> {
  const { projection, name, table } = shelf;
  await makePartition(pool, { schema: 'public', table: name, month: known.month });
  const rows = await inTransaction(pool, async (client) => {
    let written = 0;
    for (const { file } of files)
      for await (const lines of linesOf(join(dir, file), LINES))
        written += await putBack(client, { name, columns: Object.keys(table.columns), lines });
    written -= await leaveOutErased(client, partitionName(name, known.month));
    // Last: an engine that opens its read models waits from here on.
    await giveUpNext(client, projection);
    await client.query('delete from archived_months where table_name = $1 and month = $2', [
      name,
      known.month,
    ]);
    return written;
  });
  return { table: name, month: known.month, rows, files: files.map(({ file }) => join(dir, file)) };
}

/** A copy of the files may be of before. */
async function leaveOutErased(client: PoolClient, part: string): Promise<number> {
  const { rowCount } = await client.query(
    `delete from public.${part} where player_id in (select player_id from erased_players)`,
  );
  return rowCount ?? 0;
}

/** Rows a statement. */
const LINES = 1_000;

type Lines = { name: string; columns: string[]; lines: string[] };

/** As text all the way: numbers may be longer than JavaScript's. */
async function putBack(client: PoolClient, { name, columns, lines }: Lines): Promise<number> {
  const { rowCount } = await client.query(
    `insert into public.${name} (${columns.join(', ')})
      select ${columns.join(', ')} from json_populate_recordset(null::public.${name}, $1::json) on conflict do nothing`,
    [`[${lines.join(',')}]`],
  );
  return rowCount ?? 0;
}
