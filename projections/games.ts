import type { Pool } from 'pg';
import { characterRow, charactersTable } from './characters.js';
import { type Page, pageOf } from './page.js';
import type { ListOptions } from './players.js';
import type { Projection, Row } from './projection.js';

/** The games of every client, and their companions. A deleted one stays as a row, since its players' past remains. */
export const games: Projection = {
  name: 'games',
  version: 2,
  types: ['GameCreated', 'GameConfigured', 'CharacterWritten', 'GameDeleted'],
  tables: {
    games: {
      how: 'put',
      key: ['id'],
      columns: {
        id: 'text',
        client_id: 'text',
        name: 'text',
        config: 'jsonb',
        deleted: 'boolean',
        created_at: 'timestamptz',
        position: 'bigint',
        revision: 'bigint',
      },
      indexes: [['client_id', 'position']],
    },
    characters: charactersTable,
  },
  state: 'games',
  fold(event, state) {
    if (event.type === 'GameCreated') {
      const { clientId, name, config } = event.data;
      return {
        games: {
          id: event.subject,
          client_id: clientId,
          name,
          config,
          deleted: false,
          created_at: event.recordedAt,
          position: event.position,
          revision: event.revision,
        },
      };
    }
    if (event.type === 'CharacterWritten') return { characters: characterRow(event) };
    if (!state) return {};
    if (event.type === 'GameDeleted') return { games: { ...state, deleted: true, revision: event.revision } };
    if (event.type !== 'GameConfigured') return {};
    const { name, config } = event.data;
    const changed = { name: name ?? state.name, config: config ?? state.config };
    return { games: { ...state, ...changed, revision: event.revision } };
  },
};

export type GameRow = {
  id: string;
  clientId: string;
  name: string;
  config: unknown;
  /** Place of the creation in the log: the order of lists. */
  position: number;
};

/** `null` for an unknown or deleted game. */
export async function gameById(pool: Pool, id: string): Promise<GameRow | null> {
  const { rows } = await pool.query('select * from games where id = $1 and not deleted', [id]);
  return rows[0] ? gameOf(rows[0]) : null;
}

/** The games of a client, or of all (`null`), in the order of their creation, after that position. */
export async function gamesOf(
  pool: Pool,
  clientId: string | null,
  list: ListOptions,
): Promise<Page<GameRow>> {
  const { rows } = await pool.query(
    `select * from games where not deleted and position > $1 ${clientId === null ? '' : 'and client_id = $3'}
      order by position limit $2`,
    clientId === null ? [list.after, list.limit + 1] : [list.after, list.limit + 1, clientId],
  );
  return pageOf(rows.map(gameOf), list.limit, (row) => String(row.position));
}

const gameOf = (row: Row): GameRow => ({
  id: row.id as string,
  clientId: row.client_id as string,
  name: row.name as string,
  config: row.config,
  position: Number(row.position),
});
