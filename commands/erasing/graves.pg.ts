import type { Pool } from 'pg';
import type { Graves } from './graves.js';

/** Written by whoever follows the log (`projections/erased.ts`), in the transaction that takes the player's rows away. */
export const gravesInPostgres = (pool: Pool): Graves => ({
  async claim(forMs) {
    const { rows } = await pool.query(
      `update erased_players set claimed_at = now() where player_id = (
        select player_id from erased_players where certified_at is null
          and (claimed_at is null or claimed_at < now() - $1 * interval '1 ms')
          order by claimed_at nulls first, position limit 1 for update skip locked)
        returning player_id, client_id, game_id, position`,
      [forMs],
    );
    const [row] = rows;
    if (!row) return null;
    const { player_id: playerId, client_id: clientId, game_id: gameId } = row;
    return { playerId, clientId, gameId, position: Number(row.position) };
  },
  async renew(playerId) {
    await pool.query(
      'update erased_players set claimed_at = now() where player_id = $1 and certified_at is null',
      [playerId],
    );
  },
  async note(playerId, store, found) {
    await pool.query(
      `insert into erased_found as known (player_id, store, found) values ($1, $2, $3)
        on conflict (player_id, store) do update set found = greatest(known.found, excluded.found)`,
      [playerId, store, found],
    );
  },
  async found(playerId) {
    const { rows } = await pool.query('select store, found from erased_found where player_id = $1', [
      playerId,
    ]);
    return new Map(rows.map(({ store, found }) => [store, Number(found)]));
  },
  async done(playerId) {
    await pool.query(
      `with told as (delete from erased_found where player_id = $1)
        update erased_players set certified_at = now() where player_id = $1`,
      [playerId],
    );
  },
});
