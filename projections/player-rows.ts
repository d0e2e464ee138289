import type { Pool } from 'pg';
import type { Cursor } from './page.js';
import type { Row } from './projection.js';

/** Which of a player's rows: from a cursor on, up to and with a time, at most so many. */
export type PlayerRows = { playerId: string; from?: Cursor; upTo?: string; limit: number };

/** Reads along the key of a month-partitioned table, oldest first; months outside the times are not touched. */
export async function playerRows(pool: Pool, table: string, which: PlayerRows): Promise<Row[]> {
  const values: unknown[] = [which.playerId, which.limit];
  const conditions = ['player_id = $1'];
  const use = (value: unknown) => `$${values.push(value)}`;
  if (which.from) {
    const at = use(which.from.at);
    // The row comparison alone does not rule out partitions; the plain one beside it does.
    conditions.push(`at >= ${at}::timestamptz`);
    if (which.from.revision !== undefined) {
      conditions.push(`(at, revision) > (${at}::timestamptz, ${use(which.from.revision)}::bigint)`);
    }
  }
  if (which.upTo) conditions.push(`at <= ${use(which.upTo)}::timestamptz`);
  const sql = `select * from ${table} where ${conditions.join(' and ')} order by at, revision limit $2`;
  return (await pool.query(sql, values)).rows;
}
