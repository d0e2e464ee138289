import type { Pool } from 'pg';
import { spent } from './cost.js';
import { type Forecast, forecastFrom, forecastSince, usdOf } from './forecast.js';
import type { Row } from './projection.js';
import { type Scope, within } from './scope.js';

/** Lines said, lines asked of a model, tokens given to and got from it, and US dollars. */
export type CostTally = {
  lines: number;
  calls: number;
  /** Those that no cache knew. */
  inputTokens: number;
  cacheWriteTokens: number;
  cacheReadTokens: number;
  outputTokens: number;
  usd: number;
};

export type Costs = {
  all: CostTally;
  /** Only days with any. */
  days: ({ day: string } & CostTally)[];
  /** Here and below, what cost most comes first. */
  byGame: ({ gameId: string } & CostTally)[];
  bySource: ({ source: string } & CostTally)[];
  /** Of lines that were asked for. */
  byScene: ({ scene: string } & CostTally)[];
  /** Of lines that a model was asked for, also where the cache knew them. */
  byModel: ({ model: string } & CostTally)[];
};

const SUMS = Object.keys(spent)
  .map((column) => `coalesce(sum(${column}), 0) as ${column}`)
  .join(', ');

export async function costsOf(pool: Pool, scope: Scope): Promise<Costs> {
  const values: unknown[] = [];
  const { rows } = await pool.query(
    `select to_char(day, 'YYYY-MM-DD') as day, game_id, source, scene, model, ${SUMS}
      from cost_days where ${within(scope, 'day', values)}
      group by grouping sets ((), (cost_days.day), (game_id), (source), (scene), (model))
      order by cost_days.day, nano_usd desc, lines desc, game_id, source, scene, model`,
    values,
  );
  // Of the columns that a row is about the others are NULL; an empty one is about lines that have no such thing.
  const by = <C extends string>(column: string, name: C) =>
    rows
      .filter((row) => row[column])
      .map((row) => ({ [name]: row[column], ...tallyOf(row) }) as { [K in C]: string } & CostTally);
  const all = rows.find(({ day, game_id, source, scene, model }) =>
    [day, game_id, source, scene, model].every((one) => one === null),
  );
  return {
    all: tallyOf(all!),
    days: by('day', 'day'),
    byGame: by('game_id', 'gameId'),
    bySource: by('source', 'source'),
    byScene: by('scene', 'scene'),
    byModel: by('model', 'model'),
  };
}

const tallyOf = (row: Row): CostTally => ({
  lines: Number(row.lines),
  calls: Number(row.calls),
  inputTokens: Number(row.input_tokens),
  cacheWriteTokens: Number(row.cache_write_tokens),
  cacheReadTokens: Number(row.cache_read_tokens),
  outputTokens: Number(row.output_tokens),
  usd: usdOf(row.nano_usd),
});

export type PlayerCost = { playerId: string; lines: number; calls: number; usd: number };

/** The players whose lines cost most; whose cost nothing are not among them. */
export async function costliestPlayers(pool: Pool, scope: Scope, limit: number): Promise<PlayerCost[]> {
  const values: unknown[] = [limit];
  const { rows } = await pool.query(
    `select player_id, sum(lines) as lines, sum(calls) as calls, sum(nano_usd) as nano_usd
      from cost_player_days where ${within(scope, 'at', values)}
      group by player_id having sum(nano_usd) > 0 order by sum(nano_usd) desc, player_id limit $1`,
    values,
  );
  return rows.map((row) => ({
    playerId: row.player_id,
    lines: Number(row.lines),
    calls: Number(row.calls),
    usd: usdOf(row.nano_usd),
  }));
}

/**
 * Days of players: a player and a day on which the player's companion had a line, whoever wrote it, or one that cost
 * something failed. Exact, over all of them: 99 of 100 cost no more than `p99Usd`. `null` where there are none.
 */
export type PlayerDays = { count: number; meanUsd: number | null; p99Usd: number | null };

export async function playerDaysOf(pool: Pool, scope: Scope): Promise<PlayerDays> {
  const values: unknown[] = [];
  const { rows } = await pool.query(
    `select count(*) as count, avg(nano_usd) as mean,
        percentile_disc(0.99) within group (order by nano_usd) as p99
      from cost_player_days where ${within(scope, 'at', values)}`,
    values,
  );
  const { count, mean, p99 } = rows[0];
  if (Number(count) === 0) return { count: 0, meanUsd: null, p99Usd: null };
  return { count: Number(count), meanUsd: usdOf(mean), p99Usd: usdOf(p99) };
}

/** The forecast for the month of the day `today`, whatever the days of the scope. */
export async function forecastOf(pool: Pool, scope: Scope, today: string): Promise<Forecast> {
  const values: unknown[] = [];
  const where = within({ ...scope, from: forecastSince(today), to: today }, 'day', values);
  const { rows } = await pool.query(
    `select to_char(day, 'YYYY-MM-DD') as day, sum(nano_usd) as nano_usd
      from cost_days where ${where} group by cost_days.day order by cost_days.day`,
    values,
  );
  return forecastFrom(
    rows.map((row) => ({ day: row.day, nano: Number(row.nano_usd) })),
    today,
  );
}

/** What all lines of a day cost so far, in US dollars: of all clients. */
export async function usdOn(pool: Pool, day: string): Promise<number> {
  const { rows } = await pool.query(
    'select coalesce(sum(nano_usd), 0) as nano_usd from cost_days where day = $1',
    [day],
  );
  return usdOf(rows[0].nano_usd);
}
