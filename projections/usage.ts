import type { Pool } from 'pg';
import { type Position, START } from '../eventstore/log.js';
import { inTransaction } from './database.js';
import { readModel } from './models.js';
import { monthAfter } from './partitions.js';
import type { Projection } from './projection.js';

/** How many events the players of each game sent, by the day (UTC) on which the engine took them: what a quota counts. What was imported is history. */
export const usage: Projection = {
  name: 'usage',
  version: 2,
  types: ['GameEventRecorded'],
  tables: {
    usage_days: {
      how: 'sum',
      key: ['client_id', 'day', 'game_id'],
      columns: { client_id: 'text', day: 'date', game_id: 'text', events: 'bigint' },
    },
  },
  fold({ type, clientId, gameId, recordedAt, imported }) {
    if (type !== 'GameEventRecorded' || imported || clientId === null || gameId === null) return {};
    const day = recordedAt.slice(0, 10);
    return { usage_days: { client_id: clientId, day, game_id: gameId, events: 1 } };
  },
};

/** How many game events the players of a client, or of all (`null`), sent in the month (UTC) of `now`. */
export async function eventsThisMonth(
  pool: Pool,
  clientId: string | null,
  now = new Date(),
): Promise<number> {
  const month = now.toISOString().slice(0, 7);
  const { rows } = await pool.query(
    `select coalesce(sum(events), 0) as used from usage_days
      where day >= $1 and day < $2 ${clientId === null ? '' : 'and client_id = $3'}`,
    [`${month}-01`, `${monthAfter(month, 1)}-01`, ...(clientId === null ? [] : [clientId])],
  );
  return Number(rows[0].used);
}

/**
 * The same of every client, as far as the read model is: everything up to `position` of the log, and nothing after it.
 */
export async function usageThisMonth(
  pool: Pool,
  now = new Date(),
): Promise<{ position: Position; counted: { clientId: string; month: string; events: number }[] }> {
  const month = now.toISOString().slice(0, 7);
  return inTransaction(
    pool,
    async (client) => {
      const { position = START } = (await readModel(client, usage.name, 'live')) ?? {};
      const { rows } = await client.query(
        'select client_id, sum(events) as events from usage_days where day >= $1 and day < $2 group by client_id',
        [`${month}-01`, `${monthAfter(month, 1)}-01`],
      );
      const counted = rows.map((row) => ({ clientId: row.client_id, month, events: Number(row.events) }));
      return { position, counted };
    },
    'begin isolation level repeatable read read only',
  );
}
