import type { Pool } from 'pg';
import { formatPosition } from '../domain/kernel/position.js';
import { formatCursor, isoOf, type Page, pageOf } from './page.js';
import { type PlayerRows, playerRows } from './player-rows.js';
import type { Projection, Row } from './projection.js';

/** The event log by month: all that games told of their players. */
export const gameEvents: Projection = {
  name: 'game_events',
  version: 1,
  types: ['GameEventRecorded'],
  tables: {
    game_events: {
      how: 'add',
      byMonth: true,
      key: ['player_id', 'at', 'revision'],
      columns: {
        player_id: 'text',
        at: 'timestamptz',
        revision: 'bigint',
        position: 'bigint',
        id: 'uuid',
        game_id: 'text?',
        client_id: 'text?',
        type: 'text',
        recorded_at: 'timestamptz',
        data: 'jsonb',
        context: 'jsonb',
      },
    },
  },
  fold(event) {
    if (event.type !== 'GameEventRecorded') return {};
    const { type, at, data, context } = event.data;
    return {
      game_events: {
        player_id: event.subject,
        at,
        revision: event.revision,
        position: event.position,
        id: event.id,
        game_id: event.gameId,
        client_id: event.clientId,
        type,
        recorded_at: event.recordedAt,
        data,
        context,
      },
    };
  },
};

export type TimelineItem = {
  id: string;
  type: string;
  /** The game's time; ISO 8601 in UTC, as is `recordedAt`. */
  at: string;
  recordedAt: string;
  position: string;
  data: unknown;
  context: unknown;
};

/** What happened to a player, in order of the game's time. */
export async function timelineOf(pool: Pool, which: PlayerRows): Promise<Page<TimelineItem>> {
  const rows = await playerRows(pool, 'game_events', { ...which, limit: which.limit + 1 });
  const page = pageOf(rows, which.limit, (row) => formatCursor(isoOf(row.at), Number(row.revision)));
  return { ...page, items: page.items.map(itemOf) };
}

const itemOf = (row: Row): TimelineItem => ({
  id: row.id as string,
  type: row.type as string,
  at: isoOf(row.at),
  recordedAt: isoOf(row.recorded_at),
  position: formatPosition(Number(row.position), Number(row.revision)),
  data: row.data,
  context: row.context,
});
