import type { Pool } from 'pg';
import { isoOf } from './page.js';
import type { Projection, Row } from './projection.js';
import { dayAfter, dayOf, ownerOf, type Scope, startOf, within } from './scope.js';

/** Who played on which day (UTC), and since when, all by the game's time. */
export const activity: Projection = {
  name: 'activity',
  version: 1,
  types: ['GameEventRecorded'],
  tables: {
    activity_days: {
      how: 'sum',
      byMonth: true,
      /** `at` is the start of the day. */
      key: ['client_id', 'game_id', 'at', 'player_id'],
      columns: { client_id: 'text', game_id: 'text', at: 'timestamptz', player_id: 'text', events: 'bigint' },
    },
    activity_players: {
      how: 'put',
      key: ['player_id'],
      columns: { player_id: 'text', client_id: 'text', game_id: 'text', first_at: 'timestamptz' },
      indexes: [['client_id', 'first_at']],
    },
  },
  state: 'activity_players',
  fold(event, state) {
    const owner = ownerOf(event);
    if (event.type !== 'GameEventRecorded' || owner === null) return {};
    const { client_id, game_id } = owner;
    const player_id = event.subject;
    const { at } = event.data;
    const isFirst = state === undefined || at < timeIn(state);
    return {
      activity_days: { client_id, game_id, at: startOf(at.slice(0, 10)), player_id, events: 1 },
      activity_players: isFirst ? { player_id, client_id, game_id, first_at: at } : undefined,
    };
  },
};

/** As the fold gave it, or as the database's driver reads it. */
const timeIn = ({ first_at }: Row): string => (typeof first_at === 'string' ? first_at : isoOf(first_at));

/** Players who played on a day, those of them who had never played before, and the game events of that day. */
export type ActiveDay = { day: string; active: number; new: number; events: number };

export async function activeDays(pool: Pool, scope: Scope): Promise<ActiveDay[]> {
  const values: unknown[] = [];
  const where = within(scope, 'at', values);
  // The key ends with the player: a day has a row for each.
  const { rows } = await pool.query(
    `with played as (select at, player_id, events from activity_days where ${where})
      select ${dayOf('played.at')} as day, count(*) as active, sum(events) as events,
        count(*) filter (where p.first_at >= played.at and p.first_at < played.at + interval '24 hours') as new
      from played join activity_players p using (player_id) group by 1 order by 1`,
    values,
  );
  return rows.map((row) => ({
    day: row.day,
    active: Number(row.active),
    new: Number(row.new),
    events: Number(row.events),
  }));
}

/** How many players played in these days, each counted once. */
export async function activePlayers(pool: Pool, scope: Scope): Promise<number> {
  const values: unknown[] = [];
  const where = within(scope, 'at', values);
  const { rows } = await pool.query(
    `select count(distinct player_id) as players from activity_days where ${where}`,
    values,
  );
  return Number(rows[0].players);
}

/**
 * Of the players who first played on a day (`size` of them), how many played on the first, seventh and
 * thirtieth day after it; `null` while that day is not over.
 */
export type Cohort = {
  cohort: string;
  size: number;
  d1: number | null;
  d7: number | null;
  d30: number | null;
};

export const retentionAges = { d1: 1, d7: 7, d30: 30 } as const;

/** The cohorts of these days, looked at on the day `today`. */
export async function retentionOf(pool: Pool, scope: Scope, today: string): Promise<Cohort[]> {
  const values: unknown[] = [];
  const begun = within(scope, 'first_at', values);
  const played = within({ ...scope, to: dayAfter(scope.to, 30) }, 'at', values);
  const { rows } = await pool.query(
    `with cohort as (select player_id, (first_at at time zone 'UTC')::date as day
        from activity_players where ${begun}),
      played as (select player_id, (at at time zone 'UTC')::date as day from activity_days where ${played})
      select to_char(c.day, 'YYYY-MM-DD') as cohort, count(*) filter (where p.day = c.day) as size,
        count(*) filter (where p.day = c.day + 1) as d1, count(*) filter (where p.day = c.day + 7) as d7,
        count(*) filter (where p.day = c.day + 30) as d30
      from cohort c join played p using (player_id) group by c.day order by c.day`,
    values,
  );
  return rows.map(({ cohort, size, ...back }) => {
    const after = (age: keyof typeof retentionAges) =>
      dayAfter(cohort, retentionAges[age]) < today ? Number(back[age]) : null;
    return { cohort, size: Number(size), d1: after('d1'), d7: after('d7'), d30: after('d30') };
  });
}
