import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import type { Emotion } from '../domain/emotion/emotion.js';
import { type Feeling, feel, initialFeeling } from '../domain/emotion/feel.js';
import type { GameEvent } from '../domain/events/game-event.js';
import { formatPosition } from '../domain/kernel/position.js';
import { formatCursor, isoOf, type Page, pageOf } from './page.js';
import { type PlayerRows, playerRows } from './player-rows.js';
import type { Projection, Row, Table } from './projection.js';
import type { Recorded } from './recorded.js';

/** How each player feels between events: the state of what goes on feeling. */
export const feelings: Table = {
  how: 'put',
  key: ['player_id'],
  columns: { player_id: 'text', feeling: 'jsonb', revision: 'bigint' },
};

type FeltRow = { emotion: Emotion; after: Row };

/** The answer given last: read models that feel are asked about the same event one after the other. */
let last: { event: Recorded; before: Feeling; felt: FeltRow } | undefined;

/** What an event made its player feel, and the row of `feelings` after it. */
export function feltBy(event: Recorded<'GameEventRecorded'>, state: Row | undefined): FeltRow {
  const before = (state?.feeling as Feeling | undefined) ?? initialFeeling;
  // Of two read models the states were read one by one; from here on they have the same object.
  if (last?.event === event && isDeepStrictEqual(last.before, before)) return last.felt;
  const { type, at, data, context } = event.data;
  const { emotion, feeling } = feel({ id: event.id, type, at, data, context } as GameEvent, before);
  const felt = { emotion, after: { player_id: event.subject, feeling, revision: event.revision } };
  last = { event, before, felt };
  return felt;
}

/**
 * The emotion timeline by month: what every game event made its player feel. How a player feels between events
 * is kept beside it, so that a restart goes on feeling exactly where it stopped.
 */
export const emotions: Projection = {
  name: 'emotions',
  version: 2,
  types: ['GameEventRecorded'],
  tables: {
    emotions: {
      how: 'add',
      byMonth: true,
      key: ['player_id', 'at', 'revision'],
      columns: {
        player_id: 'text',
        at: 'timestamptz',
        revision: 'bigint',
        position: 'bigint',
        event_id: 'uuid',
        game_id: 'text?',
        client_id: 'text?',
        label: 'text',
        intensity: 'double precision',
        valence: 'double precision',
        arousal: 'double precision',
        dominance: 'double precision',
        confidence: 'double precision',
        source: 'text',
        rule_id: 'text?',
      },
    },
    emotion_states: feelings,
  },
  state: 'emotion_states',
  fold(event, state) {
    if (event.type !== 'GameEventRecorded') return {};
    const { emotion, after } = feltBy(event, state);
    return {
      emotions: {
        player_id: event.subject,
        at: event.data.at,
        revision: event.revision,
        position: event.position,
        event_id: event.id,
        game_id: event.gameId,
        client_id: event.clientId,
        label: emotion.label,
        intensity: emotion.intensity,
        valence: emotion.valence,
        arousal: emotion.arousal,
        dominance: emotion.dominance,
        confidence: emotion.confidence,
        source: emotion.source,
        rule_id: emotion.ruleId,
      },
      emotion_states: after,
    };
  },
};

/** An emotion, and the event that was felt. */
export type FeltItem = Emotion & { eventId: string; at: string; position: string };

/** What a player felt, in order of the game's time. */
export async function emotionsOf(pool: Pool, which: PlayerRows): Promise<Page<FeltItem>> {
  const rows = await playerRows(pool, 'emotions', { ...which, limit: which.limit + 1 });
  const page = pageOf(rows, which.limit, (row) => formatCursor(isoOf(row.at), Number(row.revision)));
  return { ...page, items: page.items.map(itemOf) };
}

/** How far back the first look goes; nearly every question is about a player of these days. */
const RECENT_MS = 62 * 24 * 3_600_000;

/** What the player felt last, up to and with that time; `null` when nothing yet. */
export async function emotionAt(pool: Pool, playerId: string, at: string): Promise<FeltItem | null> {
  const recently = new Date(Math.max(0, Date.parse(at) - RECENT_MS)).toISOString();
  const row = (await latest(pool, [playerId, at, recently])) ?? (await latest(pool, [playerId, at, EVER]));
  return row ? itemOf(row) : null;
}

const EVER = new Date(0).toISOString();

async function latest(
  pool: Pool,
  values: [playerId: string, at: string, since: string],
): Promise<Row | undefined> {
  const sql = `select * from emotions where player_id = $1 and at <= $2::timestamptz and at >= $3::timestamptz
    order by at desc, revision desc limit 1`;
  return (await pool.query(sql, values)).rows[0];
}

const itemOf = (row: Row): FeltItem => ({
  label: row.label as Emotion['label'],
  intensity: row.intensity as number,
  valence: row.valence as number,
  arousal: row.arousal as number,
  dominance: row.dominance as number,
  confidence: row.confidence as number,
  source: row.source as Emotion['source'],
  ...(row.rule_id ? { ruleId: row.rule_id as string } : {}),
  eventId: row.event_id as string,
  at: isoOf(row.at),
  position: formatPosition(Number(row.position), Number(row.revision)),
});
