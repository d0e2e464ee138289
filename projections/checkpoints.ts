import type { Pool, PoolClient } from 'pg';
import { START } from '../eventstore/log.js';
import { inTransaction } from './database.js';
import type { Projection } from './projection.js';

export type Checkpoint = { position: number; parked: number };

/** The checkpoint is not where this process left it: another one writes this projection now. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

/** Where a projection stands. One of another version starts anew, with empty tables. */
export function openCheckpoint(pool: Pool, projection: Projection): Promise<Checkpoint> {
  const { name, version } = projection;
  return inTransaction(pool, async (client) => {
    await client.query(
      'insert into checkpoints (projection, version, position) values ($1, $2, $3) on conflict do nothing',
      [name, version, START],
    );
    const { rows } = await client.query('select * from checkpoints where projection = $1 for update', [name]);
    const found = rows[0];
    if (found.version === version) return { position: Number(found.position), parked: Number(found.parked) };
    const tables = [projection.appends?.name, projection.keeps?.name].filter((table) => table !== undefined);
    await client.query(`truncate ${tables.join(', ')}`);
    await client.query(
      'update checkpoints set version = $2, position = $3, parked = 0, updated_at = now() where projection = $1',
      [name, version, START],
    );
    return { position: START, parked: 0 };
  });
}

export type Move = { name: string; from: number; to: Checkpoint };

/**
 * In the transaction of the rows, so that both are there or neither.
 * @throws Superseded when the checkpoint does not stand at `from`.
 */
export async function moveCheckpoint(client: PoolClient, { name, from, to }: Move): Promise<void> {
  const { rowCount } = await client.query(
    `update checkpoints set position = $3, parked = $4, updated_at = now()
      where projection = $1 and position = $2`,
    [name, from, to.position, to.parked],
  );
  if (rowCount !== 1) throw new Superseded(`the checkpoint of ${name} was moved by another engine`);
}

export type StoredCheckpoint = Checkpoint & { name: string; version: number; updatedAt: Date };

/** All checkpoints as stored, also those of projections that other processes run. */
export async function readCheckpoints(pool: Pool): Promise<StoredCheckpoint[]> {
  const { rows } = await pool.query('select * from checkpoints');
  return rows.map((row) => ({
    name: row.projection,
    version: row.version,
    position: Number(row.position),
    parked: Number(row.parked),
    updatedAt: row.updated_at,
  }));
}
