import type { Pool } from 'pg';
import type { Elsewhere } from '../../domain/memory/memory.js';
import { type Sharer, shareMemory } from '../../domain/memory/sharing.js';
import { isNotMade } from '../database.js';

/** The same person in other games of the client, where all of them share what is remembered. Never throws. */
export type Sharing = (playerId: string) => Promise<readonly Elsewhere[]>;

/** Who is in more games is remembered in those joined last. */
const GAMES_MAX = 16;

/** Of a game that does not share, two rows are looked at by their keys, and nothing else: hence `materialized`. */
const SHARERS = `
  with me as materialized (
    select p.id, p.game_id, p.client_id, p.person, g.config from players p
      join games g on g.id = p.game_id and g.client_id = p.client_id and not g.deleted
        and g.config -> 'memory' ->> 'share' = 'true'
      where p.id = $1)
  select them.id as player_id, them.game_id, them.client_id, them.person, theirs.config,
      me.game_id as my_game, me.client_id as my_client, me.person as my_person, me.config as my_config
    from me
    join players them on them.client_id = me.client_id and them.person = me.person and them.id <> me.id
    join games theirs on theirs.id = them.game_id and theirs.client_id = them.client_id and not theirs.deleted
      and theirs.config -> 'memory' ->> 'share' = 'true'
    order by them.position desc limit ${GAMES_MAX}`;

/** @throws what the database throws; nobody shares in read models of before it was known who is the same person. */
export async function sharingOf(pool: Pool, playerId: string): Promise<Elsewhere[]> {
  const asked = { name: 'memories-sharers', text: SHARERS, values: [playerId] };
  const { rows } = await pool.query(asked).catch((error) => {
    if (isNotMade(error) || error.code === UNDEFINED_COLUMN) return { rows: [] };
    throw error;
  });
  return rows
    .filter((row) => shareMemory(mineIn(row), theirsIn(row)))
    .map(({ player_id, game_id }) => ({ playerId: player_id, gameId: game_id }));
}

const UNDEFINED_COLUMN = '42703';

type SharersRow = Record<string, string | null> & { config: Sharer['config']; my_config: Sharer['config'] };

const theirsIn = (row: SharersRow): Sharer => ({
  playerId: row.player_id!,
  gameId: row.game_id!,
  clientId: row.client_id!,
  person: row.person ?? null,
  config: row.config,
});

const mineIn = (row: SharersRow): Sharer => ({
  playerId: '',
  gameId: row.my_game!,
  clientId: row.my_client!,
  person: row.my_person ?? null,
  config: row.my_config,
});

/** While nobody can tell who shares, nobody does: that it is so, and that it is over, is said once each. */
export function openSharing(pool: Pool, warn: (message: string, error: unknown) => void): Sharing {
  let away = false;
  return async (playerId) => {
    try {
      const others = await sharingOf(pool, playerId);
      if (away) warn('what games share is remembered again', null);
      away = false;
      return others;
    } catch (error) {
      if (!away) warn('nothing of other games is remembered now', error);
      away = true;
      return [];
    }
  };
}
