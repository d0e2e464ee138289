import type { Pool, PoolClient } from 'pg';
import { openLocks } from '../locks.js';
import { dropGeneration, type Model, readModel, takeTurns } from '../models.js';
import type { Projection, Table } from '../projection.js';
import { rebuildLock } from '../rebuild/lock.js';
import { tablesOf } from '../tables.js';
import { ArchiveBusy, ArchiveError } from './manifest.js';

/** A table that has months to archive: its rows are those of events, and are never changed. */
export type Shelf = { projection: Projection; name: string; table: Table };

export const shelvesOf = (projections: readonly Projection[]): Shelf[] =>
  projections.flatMap((projection) =>
    tablesOf(projection).flatMap(([name, table]) =>
      table.how === 'add' && table.byMonth && 'position' in table.columns
        ? [{ projection, name, table }]
        : [],
    ),
  );

/** A month in the archive, as the database has it. `file` is the newest of those with its rows, with its folder. */
export type ArchivedMonth = {
  table: string;
  month: string;
  upTo: number;
  rows: number;
  file: string;
  sha256: string;
  archivedAt: string;
};

/** The oldest month first. */
export async function archivedMonths(pool: Pool | PoolClient): Promise<ArchivedMonth[]> {
  const { rows } = await pool.query('select * from archived_months order by month, table_name');
  return rows.map((row) => ({
    table: row.table_name,
    month: row.month,
    upTo: Number(row.up_to),
    rows: Number(row.rows),
    file: row.file,
    sha256: row.sha256,
    archivedAt: row.archived_at.toISOString(),
  }));
}

export const archivedMonth = async (pool: Pool | PoolClient, table: string, month: string) =>
  (await archivedMonths(pool)).find((one) => one.table === table && one.month === month);

/** The read model as this program knows it. @throws ArchiveError when its rows are of another version. */
export async function liveOf(client: Pool | PoolClient, { name, version }: Projection): Promise<Model> {
  const live = await readModel(client, name, 'live');
  if (live === undefined) throw new ArchiveError(`there is no read model ${name} yet`);
  if (live.version !== version)
    throw new ArchiveError(
      `${name} is version ${live.version} in the database, this program's is ${version}: start the engine first`,
    );
  return live;
}

/** Column → type, in Postgres' words. */
export async function columnsOf(client: Pool | PoolClient, { name }: Shelf): Promise<Record<string, string>> {
  const { rows } = await client.query(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = to_regclass('public.' || $1) and attnum > 0 and not attisdropped order by attname`,
    [name],
  );
  return Object.fromEntries(rows.map(({ name: column, type }) => [column, type]));
}

/**
 * While nobody rebuilds any of these read models, nor archives their months: a build that has read what is in the
 * archive would bring rows back, or leave them out. `alone` throws when that is no longer so.
 */
export async function whileNobodyRebuilds<T>(
  pool: Pool,
  shelves: readonly Shelf[],
  work: (alone: () => void) => Promise<T>,
): Promise<T> {
  const names = [...new Set(shelves.map(({ projection }) => projection.name))];
  const locks = await openLocks(pool);
  try {
    await locks.take(names.map(rebuildLock));
    const taken = names.find((name) => !locks.held.has(rebuildLock(name)));
    if (taken)
      throw new ArchiveBusy(`${taken} is being rebuilt, or archived, by another process: wait for its end`);
    return await work(() => {
      if (locks.lost.aborted) throw new ArchiveError('the connection to Postgres was lost');
    });
  } finally {
    await locks.release();
  }
}

/** One that was begun, and that nobody builds now, does not know what goes to the archive or comes from it. */
export async function giveUpNext(client: PoolClient, projection: Projection): Promise<void> {
  await takeTurns(client, projection);
  const next = await readModel(client, projection.name, 'next');
  if (next === undefined) return;
  if (next.asked !== null)
    throw new ArchiveError(`${projection.name} is to be rebuilt by the engine: wait for its end`);
  await dropGeneration(client, projection, next);
}
