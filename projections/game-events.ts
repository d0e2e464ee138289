import type { Pool } from 'pg';
import { formatPosition } from '../domain/kernel/position.js';
import { formatCursor, isoOf, type Page, pageOf } from './page.js';
import { type PlayerRows, playerRows } from './player-rows.js';
import type { Projection, Row } from './projection.js';
import type { Recorded } from './recorded.js';

/** The event log by month: all that games told of their players, and how much each told this month. */
export const gameEvents: Projection = {
  name: 'game_events',
  version: 1,
  types: ['GameEventRecorded'],
  appends: {
    name: 'game_events',
    columns: [
      ...['player_id', 'at', 'revision', 'position', 'id', 'game_id', 'client_id', 'type', 'recorded_at'],
      ...['data', 'context'],
    ],
  },
  keeps: {
    name: 'player_usage',
    key: 'player_id',
    columns: ['player_id', 'client_id', 'month', 'events', 'revision'],
  },
  fold(event, kept) {
    if (event.type !== 'GameEventRecorded') return {};
    const { type, at, data, context } = event.data;
    return {
      append: {
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
      keep: usageAfter(event, kept),
    };
  },
};

/** How many events came this month, by the engine's clock: what a quota counts. */
function usageAfter(event: Recorded, kept: Row | undefined): Row {
  const month = event.recordedAt.slice(0, 7);
  const same = kept !== undefined && month <= (kept.month as string);
  return {
    player_id: event.subject,
    client_id: event.clientId,
    month: same ? kept.month : month,
    events: same ? Number(kept.events) + 1 : 1,
    revision: event.revision,
  };
}

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
