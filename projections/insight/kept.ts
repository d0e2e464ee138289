import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { type Position, START } from '../../eventstore/log.js';
import { inTransaction } from '../database.js';
import { toJson } from '../json.js';
import type { Row } from './define.js';
import type { Scope } from './fold.js';
import type { Bundle, Kept } from './messages.js';

/** A question of an analyst that goes on being answered: its rows are a read model like others. */
export type KeptInsight = {
  name: string;
  /** A UUID; another one when it is kept anew. */
  generation: string;
  scope: Scope;
  memoryMiB: number;
  /** Place in the log up to which its rows are complete. */
  position: Position;
  rows: number;
  /** Why it is not answered any more. */
  trouble: string | null;
  keptAt: string;
  updatedAt: string;
};

export type ToKeep = { name: string; scope: Scope; bundle: Bundle; memoryMiB: number };

/** From now on it is answered by an engine that keeps the read models; in place of one of the same name. */
export async function keep(pool: Pool, { name, scope, bundle, memoryMiB }: ToKeep): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('delete from kept_insights where name = $1', [name]);
    await client.query(
      `insert into kept_insights (name, generation, client_id, game_id, scope, bundle, memory_mib)
        values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        ...[name, randomUUID(), scope.clientId ?? null, scope.gameId ?? null],
        ...[toJson(scope), toJson(bundle), memoryMiB],
      ],
    );
  });
}

/** It is answered no more, and its rows are gone. False when there is none of that name. */
export async function forget(pool: Pool, name: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from kept_insights where name = $1', [name]);
  return rowCount === 1;
}

export async function keptInsights(pool: Pool): Promise<KeptInsight[]> {
  // Without the bundles, which are large: one asks every second.
  const { rows } = await pool.query(
    `select name, generation, scope, memory_mib, position, rows, trouble, kept_at, updated_at
      from kept_insights order by name`,
  );
  return rows.map((row) => ({
    name: row.name,
    generation: row.generation,
    scope: row.scope,
    memoryMiB: row.memory_mib,
    position: Number(row.position),
    rows: Number(row.rows),
    trouble: row.trouble,
    keptAt: row.kept_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}

export async function bundleOf(pool: Pool, { name, generation }: KeptInsight): Promise<Bundle | undefined> {
  const { rows } = await pool.query('select bundle from kept_insights where name = $1 and generation = $2', [
    name,
    generation,
  ]);
  return rows[0]?.bundle;
}

export type RowsPage = { after: number; limit: number };

/** Its rows in their order, after so many. */
export async function keptRows(pool: Pool, name: string, { after, limit }: RowsPage): Promise<Row[]> {
  const { rows } = await pool.query(
    'select row from kept_rows where name = $1 and nth > $2 order by nth limit $3',
    [name, after, limit],
  );
  return rows.map(({ row }) => row);
}

/** All rows anew, and the place they are of: both or neither. Nothing when it is not kept any more. */
export async function putRows(pool: Pool, insight: KeptInsight, { rows, position }: Kept): Promise<void> {
  const { name, generation } = insight;
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `update kept_insights set position = $3, rows = $4, trouble = null, updated_at = now()
        where name = $1 and generation = $2`,
      [name, generation, position, rows.length],
    );
    if (rowCount !== 1) return;
    await client.query('delete from kept_rows where name = $1', [name]);
    await client.query(
      'insert into kept_rows select $1, nth, row from jsonb_array_elements($2::jsonb) with ordinality as t(row, nth)',
      [name, toJson(rows)],
    );
  });
}

export async function inTrouble(
  pool: Pool,
  { name, generation }: KeptInsight,
  trouble: string,
): Promise<void> {
  await pool.query('update kept_insights set trouble = $3 where name = $1 and generation = $2', [
    name,
    generation,
    trouble.replaceAll('\0', '\uFFFD'),
  ]);
}

/** Whether it has begun to be answered. */
export const isAnswered = ({ position }: KeptInsight): boolean => position > START;
