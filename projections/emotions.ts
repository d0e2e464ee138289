import type { Pool } from 'pg';
import type { Emotion } from '../domain/emotion/emotion.js';
import type { Pattern } from '../domain/emotion/findings.js';
import { formatPosition } from '../domain/kernel/position.js';
import { type Feels, type FeltRow, feelings } from './felt-by.js';
import { formatCursor, isoOf, type Page, pageOf } from './page.js';
import { type PlayerRows, playerRows } from './player-rows.js';
import type { Folded, Projection, Row } from './projection.js';
import type { Recorded } from './recorded.js';

const tables = {
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
      model: 'text?',
      features: 'text?',
    },
  },
  /** Patterns over minutes; one without an end goes on. */
  emotion_findings: {
    how: 'put',
    key: ['player_id', 'pattern', 'began_at'],
    columns: {
      player_id: 'text',
      pattern: 'text',
      began_at: 'timestamptz',
      ended_at: 'timestamptz?',
      game_id: 'text?',
    },
  },
  emotion_states: feelings,
} satisfies Projection['tables'];

/**
 * The emotion timeline by month: what every game event made its player feel. How a player feels between events
 * is kept beside it, so that a restart goes on feeling exactly where it stopped.
 */
export const emotionsBy = (feels: Feels): Projection => ({
  name: 'emotions',
  version: 2,
  types: ['GameEventRecorded', 'ChatMessageReceived'],
  madeBy: feels.mark,
  prepare: feels.prepare,
  tables,
  state: 'emotion_states',
  fold(event, state) {
    if (event.type === 'ChatMessageReceived') return { emotion_states: feels.wrote(event, state) };
    if (event.type !== 'GameEventRecorded') return {};
    return rowsOf(event, feels.played(event, state));
  },
});

function rowsOf(event: Recorded<'GameEventRecorded'>, { emotion, findings, after }: FeltRow): Folded {
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
      model: emotion.model,
      features: emotion.features,
    },
    emotion_findings: findings.map(({ pattern, from, until }) => ({
      player_id: event.subject,
      pattern,
      began_at: new Date(from).toISOString(),
      ended_at: until === null ? null : new Date(until).toISOString(),
      game_id: event.gameId,
    })),
    emotion_states: after,
  };
}

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
  ...(row.model ? { model: row.model as string, features: row.features as string } : {}),
  eventId: row.event_id as string,
  at: isoOf(row.at),
  position: formatPosition(Number(row.position), Number(row.revision)),
});

/** A pattern in what a player felt, over minutes. */
export type FindingItem = { pattern: Pattern; from: string; until: string | null };

const FINDINGS_MAX = 1_000;

/** Those of a player that went on at some time of a span, oldest first; at most a thousand, the newest. */
export async function findingsOf(
  pool: Pool,
  { playerId, from, to }: { playerId: string; from: string; to: string },
): Promise<FindingItem[]> {
  const { rows } = await pool.query(
    `select pattern, began_at, ended_at from emotion_findings
      where player_id = $1 and began_at <= $3::timestamptz and (ended_at is null or ended_at >= $2::timestamptz)
      order by began_at desc, pattern limit ${FINDINGS_MAX}`,
    [playerId, from, to],
  );
  return rows.reverse().map((row) => ({
    pattern: row.pattern,
    from: isoOf(row.began_at),
    until: row.ended_at === null ? null : isoOf(row.ended_at),
  }));
}
