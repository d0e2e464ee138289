import type { Recorded } from './recorded.js';

/** Whose figures, and of which days (UTC, both inclusive): of one game, of one client, or of all. */
export type Scope = { clientId?: string; gameId?: string; from: string; to: string };

export type Owner = { client_id: string; game_id: string };

/**
 * Figures of games are kept under whose game it is. `null`: the event is of no game, and counts nowhere. A row of
 * them names both: spreading one object into another costs as much as a whole fold.
 */
export const ownerOf = ({ clientId, gameId }: Recorded): Owner | null =>
  clientId === null || gameId === null ? null : { client_id: clientId, game_id: gameId };

/**
 * The condition on a table with `client_id` and `game_id` and its days: of `day` where that is a column, else of
 * a time. What it speaks of is pushed to `values`.
 */
export function within(scope: Scope, column: string, values: unknown[]): string {
  const conditions: string[] = [];
  const use = (condition: string, value: string) => conditions.push(`${condition} $${values.push(value)}`);
  if (scope.clientId !== undefined) use('client_id =', scope.clientId);
  if (scope.gameId !== undefined) use('game_id =', scope.gameId);
  if (column === 'day') {
    use('day >=', scope.from);
    use('day <=', scope.to);
  } else {
    use(`${column} >=`, startOf(scope.from));
    use(`${column} <`, startOf(dayAfter(scope.to, 1)));
  }
  return conditions.join(' and ');
}

/** The day (UTC) of a column, as text. */
export const dayOf = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD')`;

const DAY_MS = 24 * 3_600_000;
/** No event is of a later day, and a year of more digits is no time. */
const LAST_DAY = Date.UTC(9999, 11, 31);

export const startOf = (day: string): string => `${day}T00:00:00.000Z`;

/** `2026-12-31` and 1 → `2027-01-01` */
export const dayAfter = (day: string, ahead: number): string =>
  new Date(Math.min(Date.parse(day) + ahead * DAY_MS, LAST_DAY)).toISOString().slice(0, 10);

/** How many days there are from a day to another, both counted. */
export const daysIn = ({ from, to }: { from: string; to: string }): number =>
  (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
