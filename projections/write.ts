import type { PoolClient } from 'pg';
import type { AppendTable, KeptTable, Row } from './projection.js';

/**
 * Adds rows; those that are there already stay as they are. One JSON text a batch: Postgres takes it apart
 * faster than this process could take it apart for Postgres.
 */
export async function appendRows(client: PoolClient, table: AppendTable, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(`${insertInto(table)} on conflict do nothing`, [toJson(rows)]);
}

/** Writes rows as they are now; never over a row that knows more. */
export async function keepRows(client: PoolClient, table: KeptTable, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const set = table.columns
    .filter((column) => column !== table.key)
    .map((column) => `${column} = excluded.${column}`);
  await client.query(
    `${insertInto(table)} on conflict (${table.key}) do update set ${set.join(', ')}
      where excluded.revision >= ${table.name}.revision`,
    [toJson(rows)],
  );
}

/** The rows of these keys, as they stand. */
export async function readKept(
  client: PoolClient,
  table: KeptTable,
  keys: string[],
): Promise<Map<string, Row>> {
  if (keys.length === 0) return new Map();
  const { rows } = await client.query(
    `select ${table.columns.join(', ')} from ${table.name} where ${table.key} = any($1)`,
    [keys],
  );
  return new Map(rows.map((row: Row) => [row[table.key] as string, row]));
}

const insertInto = ({ name, columns }: AppendTable): string =>
  `insert into ${name} (${columns.join(', ')})
    select ${columns.join(', ')} from json_populate_recordset(null::${name}, $1::json)`;

/** What JSON may hold and Postgres' text may not: the NUL character and halves of surrogate pairs. */
const UNSTORABLE = /\\u(0000|d[89a-f])/;

function toJson(rows: Row[]): string {
  const json = JSON.stringify(rows);
  return UNSTORABLE.test(json) ? JSON.stringify(rows.map(storable)) : json;
}

/** The same value with U+FFFD for each character that Postgres cannot hold. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [storableText(key), storable(held)]));
}

const storableText = (text: string): string =>
  text.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '\uFFFD');
