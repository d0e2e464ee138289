import type { Pool } from 'pg';
import type { GameEventType } from '../domain/events/game-event.js';
import { type Session, sessionAfter } from '../domain/session/session.js';
import type { Projection } from './projection.js';
import { dayOf, ownerOf, type Scope, within } from './scope.js';

/** The sessions of every player, by the month in which they began; times are the game's. */
export const sessions: Projection = {
  name: 'sessions',
  version: 1,
  types: ['GameEventRecorded'],
  tables: {
    sessions: {
      how: 'put',
      byMonth: true,
      // With the id: one that ends at once and the next may begin in the same instant.
      key: ['player_id', 'at', 'session_id'],
      columns: {
        player_id: 'text',
        at: 'timestamptz',
        session_id: 'uuid',
        client_id: 'text',
        game_id: 'text',
        last_at: 'timestamptz',
        ended: 'boolean',
        events: 'bigint',
        kills: 'bigint',
        deaths: 'bigint',
        victories: 'bigint',
        defeats: 'bigint',
        seconds: 'double precision',
      },
      indexes: [['client_id', 'at']],
    },
    session_states: {
      how: 'put',
      key: ['player_id'],
      columns: { player_id: 'text', session: 'jsonb' },
    },
  },
  state: 'session_states',
  fold(event, state) {
    const owner = ownerOf(event);
    if (event.type !== 'GameEventRecorded' || owner === null) return {};
    const { type, at } = event.data;
    const told = { id: event.id, type: type as GameEventType, at };
    const session = sessionAfter(told, (state?.session as Session | undefined) ?? null);
    const { id, startedAt, lastAt, ended, events, kills, deaths, victories, defeats } = session;
    return {
      sessions: {
        player_id: event.subject,
        at: beginningOf(startedAt),
        session_id: id,
        client_id: owner.client_id,
        game_id: owner.game_id,
        last_at: lastAt === Date.parse(at) ? at : new Date(lastAt).toISOString(),
        ended,
        events,
        kills,
        deaths,
        victories,
        defeats,
        seconds: (lastAt - startedAt) / 1000,
      },
      session_states: { player_id: event.subject, session },
    };
  },
};

let begun = { at: 0, text: new Date(0).toISOString() };

/** The same again and again, event by event of one player, and a time is slow to write. */
function beginningOf(at: number): string {
  if (at !== begun.at) begun = { at, text: new Date(at).toISOString() };
  return begun.text;
}

/** Sessions that began on a day, and how long they were together, in seconds from their first to their last event. */
export type SessionDay = { day: string; sessions: number; seconds: number };

export async function sessionDays(pool: Pool, scope: Scope): Promise<SessionDay[]> {
  const values: unknown[] = [];
  const where = within(scope, 'at', values);
  const { rows } = await pool.query(
    `select ${dayOf('at')} as day, count(*) as sessions, sum(seconds) as seconds
      from sessions where ${where} group by 1 order by 1`,
    values,
  );
  return rows.map(({ day, sessions, seconds }) => ({ day, sessions: Number(sessions), seconds }));
}
