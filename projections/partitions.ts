import type { Pool, PoolClient } from 'pg';
import { inTransaction } from './database.js';
import type { Row } from './projection.js';
import { type Stage, schemaOf } from './tables.js';

/** Any number, the same in every engine: two that make partitions take turns. */
const LOCK = 4_750_002;

/** Makes the month partitions that rows need, and remembers which there are. */
export type Partitions = {
  ensure(table: string, months: Iterable<string>): Promise<void>;
  /** Those of a time and of the month after it, before anybody needs them. */
  makeAhead(tables: readonly string[], at: Date): Promise<void>;
  /** After an error: what was remembered may be of a database that is no more. */
  forget(): void;
};

export function partitionsOf(pool: Pool, stage: Stage = 'live'): Partitions {
  const known = new Set<string>();
  const make = async (table: string, month: string) => {
    const name = partitionName(table, month);
    if (known.has(name)) return;
    await makePartition(pool, { schema: schemaOf[stage], table, month });
    known.add(name);
  };
  return {
    async ensure(table, months) {
      for (const month of months) await make(table, month);
    },
    async makeAhead(tables, at) {
      const months = [0, 1].map((ahead) => monthAfter(at.toISOString().slice(0, 7), ahead));
      for (const table of tables) for (const month of months) await make(table, month);
    },
    forget: () => known.clear(),
  };
}

export const partitionName = (table: string, month: string): string => `${table}_${month.replace('-', '_')}`;

/** The month of a row of a table by month. */
export const monthOf = (row: Row): string => (row.at as string).slice(0, 7);

/** `2026-11` and 2 → `2027-01` */
export function monthAfter(month: string, ahead: number): string {
  const [year, index] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, index - 1 + ahead, 1)).toISOString().slice(0, 7);
}

/** From and up to, as Postgres has bounds of partitions. */
export const boundsOf = (month: string): string =>
  `from ('${month}-01T00:00:00Z') to ('${monthAfter(month, 1)}-01T00:00:00Z')`;

export type Partition = { schema: string; table: string; month: string };

export const makePartition = (pool: Pool, partition: Partition): Promise<void> =>
  inTransaction(pool, async (client) => {
    await takeTurnsMaking(client);
    await makePartitionIn(client, partition);
  });

/** Who makes partitions, or drops them, does so alone. */
export async function takeTurnsMaking(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
}

/**
 * Made beside its table and attached then: `create table … partition of` would wait for every reader of the
 * table and make all later ones wait behind it.
 */
export async function makePartitionIn(
  client: PoolClient,
  { schema, table, month }: Partition,
): Promise<void> {
  const [place, part] = [table, partitionName(table, month)].map((name) => `${schema}.${name}`);
  const { rows } = await client.query('select to_regclass($1) is not null as there', [part]);
  if (rows[0].there) return;
  await client.query(`create table ${part} (like ${place} including all)`);
  await client.query(`alter table ${place} attach partition ${part} for values ${boundsOf(month)}`);
}
