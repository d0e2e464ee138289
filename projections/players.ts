import type { Pool } from 'pg';
import { type Page, pageOf } from './page.js';
import type { Projection, Row } from './projection.js';

/** Who plays, and with which companion. What names the person stays sealed, as it is in the log. */
export const players: Projection = {
  name: 'players',
  version: 3,
  types: ['PlayerRegistered', 'PersonaChosen'],
  tables: {
    players: {
      how: 'put',
      key: ['id'],
      player: 'id',
      columns: {
        id: 'text',
        game_id: 'text',
        client_id: 'text',
        external_id: 'text',
        person: 'text?',
        display_name: 'text?',
        persona: 'text',
        own_character: 'text?',
        lang: 'text',
        registered_at: 'timestamptz',
        position: 'bigint',
        revision: 'bigint',
      },
      indexes: [
        ['game_id', 'position'],
        ['client_id', 'person'],
      ],
    },
  },
  state: 'players',
  fold(event, state) {
    if (event.type === 'PlayerRegistered') {
      const { gameId, clientId, externalId, person, displayName, persona, character, lang } = event.data;
      return {
        players: {
          id: event.subject,
          game_id: gameId,
          client_id: clientId,
          external_id: externalId,
          person,
          display_name: displayName,
          persona,
          own_character: character,
          lang,
          registered_at: event.recordedAt,
          position: event.position,
          revision: event.revision,
        },
      };
    }
    if (event.type !== 'PersonaChosen' || !state) return {};
    const { persona, character, lang, displayName } = event.data;
    return {
      players: {
        ...state,
        persona: persona ?? state.persona,
        // A persona that is chosen without a character is played as it is.
        own_character: character ?? (persona ? null : state.own_character),
        lang: lang ?? state.lang,
        display_name: displayName ?? state.display_name,
        revision: event.revision,
      },
    };
  },
};

/** A player as stored: `externalId` and `displayName` are sealed. */
export type PlayerRow = {
  id: string;
  gameId: string;
  clientId: string;
  externalId: string;
  displayName: string | null;
  /** By the name that the game knows: a character of its own, or a built-in persona. */
  persona: string;
  lang: string;
  /** Place of the registration in the log: the order of lists. */
  position: number;
};

export async function playerById(pool: Pool, id: string): Promise<PlayerRow | null> {
  const { rows } = await pool.query('select * from players where id = $1', [id]);
  return rows[0] ? playerOf(rows[0]) : null;
}

export type ListOptions = { after: number; limit: number };

/** The players of a game in the order of their registration, after that position. */
export async function playersOfGame(pool: Pool, gameId: string, list: ListOptions): Promise<Page<PlayerRow>> {
  const { rows } = await pool.query(
    'select * from players where game_id = $1 and position > $2 order by position limit $3',
    [gameId, list.after, list.limit + 1],
  );
  return pageOf(rows.map(playerOf), list.limit, (row) => String(row.position));
}

const playerOf = (row: Row): PlayerRow => ({
  id: row.id as string,
  gameId: row.game_id as string,
  clientId: row.client_id as string,
  externalId: row.external_id as string,
  displayName: (row.display_name as string | null) ?? null,
  persona: (row.own_character ?? row.persona) as string,
  lang: row.lang as string,
  position: Number(row.position),
});
