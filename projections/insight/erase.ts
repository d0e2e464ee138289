import type { Pool } from 'pg';
import type { Position } from '../../eventstore/log.js';
import { Behind } from '../erasing/generations.js';

type Erased = { playerId: string; clientId: string | null; gameId: string | null; position: Position };

/** A kept insight that may know of the player. */
const CONCERNED = `(i.client_id is null or i.client_id = $2) and (i.game_id is null or i.game_id = $3)`;

/** Rows of kept insights that name a player. */
export async function countKeptRows(pool: Pool, { playerId }: Erased): Promise<number> {
  const { rows } = await pool.query(
    'select count(*) as rows from kept_rows where strpos(row::text, $1) > 0',
    [playerId],
  );
  return Number(rows[0].rows);
}

/**
 * Whoever answers a kept insight forgets the player at the erasure, and tells all its rows anew. Of one that is not answered
 * any more all rows go: nobody can say whose they are. @throws Behind while one has not come to the erasure
 */
export async function clearKeptRows(
  pool: Pool,
  { playerId, clientId, gameId, position }: Erased,
): Promise<void> {
  await pool.query('delete from kept_rows where strpos(row::text, $1) > 0', [playerId]);
  await pool.query(
    `delete from kept_rows using kept_insights i where i.name = kept_rows.name and i.trouble is not null
      and i.position < $1 and ${CONCERNED}`,
    [position, clientId, gameId],
  );
  const { rows } = await pool.query(
    `select i.name from kept_insights i where i.trouble is null and i.position < $1 and ${CONCERNED}`,
    [position, clientId, gameId],
  );
  if (rows.length > 0) throw new Behind(`the kept insight ${rows[0].name} is behind the erasure`);
}
