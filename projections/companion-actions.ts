import type { Pool } from 'pg';
import { formatPosition } from '../domain/kernel/position.js';
import { type LineOutcome, lineOutcomes } from './lines.js';
import { formatCursor, isoOf, type Page, pageOf } from './page.js';
import { type PlayerRows, playerRows } from './player-rows.js';
import type { Projection, Row } from './projection.js';

/** By month, what companions did and said, by the game time of what they answered. */
export const companionActions: Projection = {
  name: 'companion_actions',
  version: 2,
  types: ['CompanionActed'],
  tables: {
    companion_actions: {
      how: 'add',
      byMonth: true,
      key: ['player_id', 'at', 'revision'],
      columns: {
        player_id: 'text',
        at: 'timestamptz',
        revision: 'bigint',
        position: 'bigint',
        action_id: 'text',
        caused_by: 'text',
        game_id: 'text?',
        client_id: 'text?',
        recorded_at: 'timestamptz',
        emotion: 'jsonb',
        action: 'text',
        occasion: 'text',
        dialogue: 'jsonb?',
        /** The memories that the line speaks of, with their scores. */
        recalled: 'jsonb?',
      },
    },
  },
  fold(event) {
    if (event.type !== 'CompanionActed') return {};
    const { actionId, causedBy, at, emotion, action, occasion, dialogue, recalled } = event.data;
    return {
      companion_actions: {
        player_id: event.subject,
        at,
        revision: event.revision,
        position: event.position,
        action_id: actionId,
        caused_by: causedBy,
        game_id: event.gameId,
        client_id: event.clientId,
        recorded_at: event.recordedAt,
        emotion,
        action,
        occasion,
        dialogue,
        recalled,
      },
    };
  },
};

/** The fields of the pushed frame, with its times. */
export type ActionItem = {
  id: string;
  actionId: string;
  playerId: string;
  causedBy: string;
  at: string;
  recordedAt: string;
  position: string;
  emotion: unknown;
  action: string;
  occasion: string;
  /** As it is stored: what a model wrote is sealed, and `{player}` stands for what the player is called. */
  dialogue?: unknown;
  /** The memories that the line was given, with their scores. */
  recalled?: unknown;
  /** A line was asked for, and is still being written. */
  lineFollows?: true;
};

/** What a player's companion did and said, in order of the game's time. */
export async function actionsOf(pool: Pool, which: PlayerRows): Promise<Page<ActionItem>> {
  const rows = await playerRows(pool, 'companion_actions', { ...which, limit: which.limit + 1 });
  const page = pageOf(rows, which.limit, (row) => formatCursor(isoOf(row.at), Number(row.revision)));
  const items = page.items.map(itemOf);
  const outcomes = await lineOutcomes(pool, { playerId: which.playerId, acts: items });
  return { ...page, items: items.map((item) => withLine(item, outcomes.get(item.actionId))) };
}

/** The act as told by the line that it asked for. */
const withLine = (item: ActionItem, line: LineOutcome | undefined): ActionItem => {
  if (line?.outcome === 'asked') return { ...item, lineFollows: true };
  if (!line?.dialogue) return item;
  const { action, dialogue, recalled } = line;
  return { ...item, action, dialogue, ...(recalled !== undefined && { recalled }) };
};

/** Where an act is in the log. */
export type ActionPlace = { playerId: string; revision: number; position: number };

/** `null` when its row is not there: it is not an act, or its month is in the archive. */
export async function placeOfAction(
  pool: Pool,
  { actionId, playerId }: { actionId: string; playerId?: string },
): Promise<ActionPlace | null> {
  const whose = playerId === undefined ? '' : ' and player_id = $2';
  const { rows } = await pool.query(
    `select player_id, revision, position from companion_actions where action_id = $1${whose} limit 1`,
    playerId === undefined ? [actionId] : [actionId, playerId],
  );
  const [row] = rows;
  return row
    ? { playerId: row.player_id, revision: Number(row.revision), position: Number(row.position) }
    : null;
}

const itemOf = (row: Row): ActionItem => ({
  id: row.action_id as string,
  actionId: row.action_id as string,
  playerId: row.player_id as string,
  causedBy: row.caused_by as string,
  at: isoOf(row.at),
  recordedAt: isoOf(row.recorded_at),
  position: formatPosition(Number(row.position), Number(row.revision)),
  emotion: row.emotion,
  action: row.action as string,
  occasion: row.occasion as string,
  ...(row.dialogue ? { dialogue: row.dialogue } : {}),
  ...(row.recalled ? { recalled: row.recalled } : {}),
});
