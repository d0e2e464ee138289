import type { Pool } from 'pg';

/** Where lines of a player are accounted for, or wait. What a game's day cost stays: it is nobody's. */
const PLACES = [
  ['line_reservations', 'player_id', ''],
  ['line_accounts', 'account', 'player '],
  ['line_batches', 'stream', 'player-'],
] as const;

export async function countLinesOf(pool: Pool, player: string): Promise<number> {
  let found = 0;
  for (const [table, column, before] of PLACES) {
    const asked = `select count(*) as rows from ${table} where ${column} = $1`;
    found += Number((await pool.query(asked, [before + player])).rows[0].rows);
  }
  return found;
}

/** What is still being written is settled with nobody. */
export async function eraseLinesOf(pool: Pool, player: string): Promise<void> {
  for (const [table, column, before] of PLACES)
    await pool.query(`delete from ${table} where ${column} = $1`, [before + player]);
}
