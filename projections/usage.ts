import type { Pool } from 'pg';

/** How many game events a client's players sent in the month (UTC) of `now`, by the engine's clock. */
export async function eventsThisMonth(pool: Pool, clientId: string, now = new Date()): Promise<number> {
  const { rows } = await pool.query(
    'select coalesce(sum(events), 0) as used from player_usage where client_id = $1 and month = $2',
    [clientId, now.toISOString().slice(0, 7)],
  );
  return Number(rows[0].used);
}
