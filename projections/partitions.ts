import type { Pool } from 'pg';
import { inTransaction } from './database.js';
import type { Row } from './projection.js';

/** Any number, the same in every engine: two that make partitions take turns. */
const LOCK = 4_750_002;

/** Makes the month partitions that rows need, and remembers which there are. */
export type Partitions = {
  ensure(table: string, rows: readonly Row[]): Promise<void>;
  /** After an error: what was remembered may be of a database that is no more. */
  forget(): void;
};

export function partitionsOf(pool: Pool): Partitions {
  const known = new Set<string>();
  return {
    async ensure(table, rows) {
      const months = new Set(rows.map((row) => (row.at as string).slice(0, 7)));
      for (const month of months) {
        const name = partitionName(table, month);
        if (known.has(name)) continue;
        await makePartition(pool, table, month);
        known.add(name);
      }
    },
    forget: () => known.clear(),
  };
}

export const partitionName = (table: string, month: string): string => `${table}_${month.replace('-', '_')}`;

/**
 * Made beside its table and attached then: `create table … partition of` would wait for every reader of the
 * table and make all later ones wait behind it.
 */
async function makePartition(pool: Pool, table: string, month: string): Promise<void> {
  const name = partitionName(table, month);
  const [year, index] = month.split('-').map(Number) as [number, number];
  const next = new Date(Date.UTC(year, index, 1)).toISOString();
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const { rows } = await client.query('select to_regclass($1) is not null as there', [name]);
    if (rows[0].there) return;
    await client.query(`create table ${name} (like ${table} including all)`);
    await client.query(
      `alter table ${table} attach partition ${name} for values from ('${month}-01T00:00:00Z') to ('${next}')`,
    );
  });
}
