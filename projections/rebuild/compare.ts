import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database.js';
import { inStore } from '../elsewhere.js';
import { type Model, readModel } from '../models.js';
import type { Digest, Projection, Table } from '../projection.js';
import { schemaOf, tablesOf } from '../tables.js';

/** The rows that are read, and those built beside them, both after the same event of the log. */
export type Comparison = { position: number; equal: boolean; tables: TableComparison[] };

export type TableComparison = {
  table: string;
  live: Digest;
  next: Digest;
  /** `null`: the digests are equal, or the rows cannot be looked at. */
  difference: Difference | null;
};

export type Difference = {
  /** Rows of the same key that are not the same, those that are no more, and those that are new. */
  changed: number;
  gone: number;
  added: number;
  /** Column → in how many of the changed rows it differs. */
  columns: Record<string, number>;
  samples: Sample[];
};

/** `was` and `is` hold the columns that differ; without one the row is gone, or new. */
export type Sample = {
  key: Record<string, unknown>;
  was?: Record<string, unknown>;
  is?: Record<string, unknown>;
};

const SAMPLES = 5;

/** Both as they are after the same event, however long one looks; whoever writes them goes on meanwhile. */
export type Snapshot = { live: Model; next: Model; client: PoolClient; close(): Promise<void> };

/** `catchUp` takes in what the one that is read has and the other has not: a moment's worth. */
export type CatchUp = (live: Model) => Promise<void>;

export async function snapshotOf(pool: Pool, { name }: Projection, catchUp: CatchUp): Promise<Snapshot> {
  return inTransaction(pool, async (locked) => {
    // Whoever writes the one that is read waits here for a moment.
    await locked.query("select 1 from read_models where name = $1 and stage = 'live' for update", [name]);
    await catchUp((await readModel(locked, name, 'live'))!);
    const client = await pool.connect();
    await client.query('begin isolation level repeatable read read only');
    const [live, next] = [await readModel(client, name, 'live'), await readModel(client, name, 'next')];
    return {
      live: live!,
      next: next!,
      client,
      async close() {
        const usable = await client.query('rollback').then(
          () => true,
          () => false,
        );
        client.release(!usable);
      },
    };
  });
}

/** What is in another store is looked at afterwards: no transaction waits for that. */
export async function compare(projection: Projection, snapshot: Snapshot): Promise<Comparison> {
  const tables = await compareHere(projection, snapshot).finally(snapshot.close);
  tables.push(...(await compareElsewhere(projection, snapshot)));
  const { position } = snapshot.next;
  return { position, equal: tables.every(({ live, next }) => isSame(live, next)), tables };
}

async function compareHere(projection: Projection, { client }: Snapshot): Promise<TableComparison[]> {
  const tables: TableComparison[] = [];
  for (const [table, shape] of tablesOf(projection)) {
    const columns = await commonColumns(client, table, shape);
    const was = await digestOf(client, `${schemaOf.live}.${table}`, columns);
    const is = await digestOf(client, `${schemaOf.next}.${table}`, columns);
    const difference = isSame(was, is) ? null : await differenceOf(client, { table, shape, columns });
    tables.push({ table, live: was, next: is, difference });
  }
  return tables;
}

const isSame = (was: Digest, is: Digest) => was.rows === is.rows && was.digest === is.digest;

async function compareElsewhere(
  projection: Projection,
  { live, next }: Snapshot,
): Promise<TableComparison[]> {
  const digestsOf = async ({ name, generation }: Model) =>
    (await inStore(projection, (store) => store.digests(name, generation))) ?? {};
  const [was, is] = [await digestsOf(live), await digestsOf(next)];
  const none: Digest = { rows: 0, digest: '' };
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((table) => ({
    table,
    live: was[table] ?? none,
    next: is[table] ?? none,
    difference: null,
  }));
}

/** Those of the new tables that the old ones have as well: a new column is no difference of the rows. */
async function commonColumns(client: PoolClient, table: string, { columns }: Table): Promise<string[]> {
  const { rows } = await client.query(
    "select attname as name from pg_attribute where attrelid = to_regclass('public.' || $1) and attnum > 0 and not attisdropped",
    [table],
  );
  const there = new Set(rows.map(({ name }) => name));
  return Object.keys(columns).filter((column) => there.has(column));
}

async function digestOf(on: PoolClient, place: string, columns: string[]): Promise<Digest> {
  const { rows } = await on.query(`select count(*) as rows,
    coalesce(sum(hashtextextended(row(${columns.join(', ')})::text, 0)::numeric), 0)::text as digest from ${place}`);
  return { rows: Number(rows[0].rows), digest: rows[0].digest };
}

type Compared = { table: string; shape: Table; columns: string[] };

async function differenceOf(pool: PoolClient, { table, shape, columns }: Compared): Promise<Difference> {
  const key = shape.key.join(', ');
  const of = (side: string) => `row(${columns.map((column) => `${side}.${column}`).join(', ')})::text`;
  const joined = `from public.${table} was full join agl_next.${table} now using (${key})`;
  const there = (side: string) => `${side}.${shape.key[0]} is not null`;
  const differing = `${there('was')} and ${there('now')} and ${of('was')} is distinct from ${of('now')}`;
  const differs = columns.map(
    (column) =>
      `count(*) filter (where ${differing} and was.${column}::text is distinct from now.${column}::text) as "${column}"`,
  );
  const { rows } = await pool.query(
    `select count(*) filter (where ${differing}) as "=changed", count(*) filter (where not (${there('now')})) as "=gone",
      count(*) filter (where not (${there('was')})) as "=added", ${differs.join(', ')} ${joined}`,
  );
  const { '=changed': changed, '=gone': gone, '=added': added, ...byColumn } = rows[0];
  const counted = Object.entries(byColumn).map(([column, count]) => [column, Number(count)] as const);
  const samples = await pool.query(
    `select ${key}, to_jsonb(was) as was, to_jsonb(now) as is ${joined}
      where ${of('was')} is distinct from ${of('now')} order by ${key} limit ${SAMPLES}`,
  );
  return {
    changed: Number(changed),
    gone: Number(gone),
    added: Number(added),
    columns: Object.fromEntries(counted.filter(([, count]) => count > 0)),
    samples: samples.rows.map((row) => sampleOf(row, shape, columns)),
  };
}

type Compare = { was: Record<string, unknown> | null; is: Record<string, unknown> | null };

function sampleOf(row: Record<string, unknown> & Compare, { key }: Table, columns: string[]): Sample {
  const { was, is } = row;
  const isThere = (side: Compare['was']) => side !== null && side[key[0]!] !== null;
  const both = isThere(was) && isThere(is);
  const shown = columns.filter(
    (column) => !both || JSON.stringify(was![column]) !== JSON.stringify(is![column]),
  );
  const pick = (side: Record<string, unknown>) =>
    Object.fromEntries(shown.map((column) => [column, side[column]]));
  return {
    key: Object.fromEntries(key.map((column) => [column, row[column]])),
    ...(isThere(was) && { was: pick(was!) }),
    ...(isThere(is) && { is: pick(is!) }),
  };
}
