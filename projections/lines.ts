import type { Pool } from 'pg';
import { isoOf } from './page.js';
import type { Projection, Row } from './projection.js';

/**
 * By month, the lines that acts asked for: that one was asked, and what came of it. Each is of the game time of its act, so
 * that the two are in the same month. What a model wrote stays sealed, as it is in the log.
 */
export const lines: Projection = {
  name: 'lines',
  version: 2,
  types: ['CompanionActed', 'LineWritten', 'LineFailed'],
  tables: {
    companion_lines: {
      how: 'add',
      byMonth: true,
      key: ['player_id', 'at', 'revision'],
      columns: {
        player_id: 'text',
        at: 'timestamptz',
        revision: 'bigint',
        position: 'bigint',
        action_id: 'text',
        game_id: 'text?',
        client_id: 'text?',
        recorded_at: 'timestamptz',
        outcome: 'text',
        /** What the body does with it. */
        action: 'text',
        dialogue: 'jsonb?',
        recalled: 'jsonb?',
        reason: 'text?',
      },
    },
  },
  fold(event) {
    if (event.type === 'CompanionActed' && event.data.asks)
      return { companion_lines: rowOf(event, { outcome: 'asked' }) };
    if (event.type === 'LineWritten') {
      const { dialogue, recalled } = event.data;
      return {
        companion_lines: rowOf(event, { outcome: 'written', dialogue, ...(recalled && { recalled }) }),
      };
    }
    if (event.type !== 'LineFailed') return {};
    const { dialogue, reason } = event.data;
    return { companion_lines: rowOf(event, { outcome: 'failed', dialogue, reason }) };
  },
};

type Outcome = 'asked' | 'written' | 'failed';
type Told = Extract<Parameters<Projection['fold']>[0], { data: { actionId: string; at: string } }>;
type Came = { outcome: Outcome; dialogue?: unknown; recalled?: unknown; reason?: string };

const rowOf = (event: Told, came: Came): Row => ({
  player_id: event.subject,
  at: event.data.at,
  revision: event.revision,
  position: event.position,
  action_id: event.data.actionId,
  game_id: event.gameId,
  client_id: event.clientId,
  recorded_at: event.recordedAt,
  action: event.data.action,
  ...came,
});

/** What became of the line of an act; the dialogue as it is stored. */
export type LineOutcome = { outcome: Outcome; action: string; dialogue?: unknown; recalled?: unknown };

type Acts = { playerId: string; acts: readonly { actionId: string; at: string }[] };

/** By the ids of the acts; those that asked for no line are not in it. Only the months of the acts are touched. */
export async function lineOutcomes(
  pool: Pool,
  { playerId, acts }: Acts,
): Promise<ReadonlyMap<string, LineOutcome>> {
  const times = acts.map(({ at }) => isoOf(at)).sort();
  if (times.length === 0) return new Map();
  const { rows } = await pool.query(
    `select action_id, outcome, action, dialogue, recalled from companion_lines
      where player_id = $1 and at between $2::timestamptz and $3::timestamptz and action_id = any($4)
      order by at, revision`,
    [playerId, times[0], times.at(-1), acts.map(({ actionId }) => actionId)],
  );
  // What came of it is stored after the act: the last one tells.
  return new Map(
    rows.map(({ action_id, outcome, action, dialogue, recalled }) => [
      action_id,
      { outcome, action, ...(dialogue && { dialogue }), ...(recalled && { recalled }) },
    ]),
  );
}
