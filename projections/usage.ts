import type { Pool } from 'pg';

/** How many game events a client's players sent in this calendar month (UTC), by the engine's clock. */
export async function eventsThisMonth(pool: Pool, clientId: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `select count(*) from game_events
     where client_id = $1 and recorded_at >= date_trunc('month', now() at time zone 'utc') at time zone 'utc'`,
    [clientId],
  );
  return Number(rows[0]?.count ?? 0);
}
