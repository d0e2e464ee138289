import type { Pool } from 'pg';
import type { Projection, Row } from './projection.js';
import { ownerOf, type Scope, within } from './scope.js';

/**
 * What the lines cost, by the day (UTC) on which the engine wrote them, and by their source. Lines of templates
 * and of the cache cost nothing; the columns of calls, tokens and money wait for lines that do.
 */
export const cost: Projection = {
  name: 'cost',
  version: 1,
  types: ['CompanionActed'],
  tables: {
    cost_days: {
      how: 'sum',
      key: ['client_id', 'game_id', 'day', 'source'],
      columns: {
        client_id: 'text',
        game_id: 'text',
        day: 'date',
        source: 'text',
        lines: 'bigint',
        calls: 'bigint',
        input_tokens: 'bigint',
        output_tokens: 'bigint',
        // Whole billionths of a dollar: a token costs less than a millionth, and sums of fractions are not exact.
        nano_usd: 'bigint',
      },
    },
  },
  fold(event) {
    const owner = ownerOf(event);
    if (event.type !== 'CompanionActed' || owner === null || event.data.dialogue === undefined) return {};
    return {
      cost_days: {
        client_id: owner.client_id,
        game_id: owner.game_id,
        day: event.recordedAt.slice(0, 10),
        source: event.data.dialogue.source,
        lines: 1,
        calls: 0,
        input_tokens: 0,
        output_tokens: 0,
        nano_usd: 0,
      },
    };
  },
};

/** Lines said, calls of a model, tokens given to and got from it, and US dollars. */
export type CostTally = {
  lines: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  usd: number;
};

export type Costs = {
  all: CostTally;
  /** Only days with any. */
  days: ({ day: string } & CostTally)[];
  bySource: ({ source: string } & CostTally)[];
};

export async function costsOf(pool: Pool, scope: Scope): Promise<Costs> {
  const values: unknown[] = [];
  const sums = ['lines', 'calls', 'input_tokens', 'output_tokens', 'nano_usd'];
  const { rows } = await pool.query(
    `select to_char(day, 'YYYY-MM-DD') as day, source, ${sums.map((column) => `coalesce(sum(${column}), 0) as ${column}`)}
      from cost_days where ${within(scope, 'day', values)}
      group by grouping sets ((), (cost_days.day), (source)) order by cost_days.day, source`,
    values,
  );
  return {
    all: tallyOf(rows.find(({ day, source }) => day === null && source === null)),
    days: rows.filter(({ day }) => day !== null).map((row) => ({ day: row.day, ...tallyOf(row) })),
    bySource: rows
      .filter(({ source }) => source !== null)
      .map((row) => ({ source: row.source, ...tallyOf(row) })),
  };
}

const tallyOf = (row: Row): CostTally => ({
  lines: Number(row.lines),
  calls: Number(row.calls),
  inputTokens: Number(row.input_tokens),
  outputTokens: Number(row.output_tokens),
  usd: Number(row.nano_usd) / 1e9,
});
