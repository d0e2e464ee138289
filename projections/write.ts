import type { Pool, PoolClient } from 'pg';
import { copyLines, type Lines, startLines } from './copy.js';
import { toJson } from './json.js';
import type { Row, Table } from './projection.js';

/** A table and where it is: its name with its schema. */
export type Placed = { place: string; table: Table };

/** From here on a COPY costs less than a statement that Postgres takes apart. */
const COPY_FROM = 64;

/** Rows as a fold gave them, one of a key. */
export async function writeRows(client: PoolClient, placed: Placed, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const { place, table } = placed;
  if (table.how === 'add' && rows.length >= COPY_FROM) return copyLines(client, placed, linesOf(table, rows));
  const columns = Object.keys(table.columns);
  // One JSON text a batch: Postgres takes it apart faster than this process could take it apart for Postgres.
  const text = `insert into ${place} as stood (${columns.join(', ')})
    select ${columns.join(', ')} from json_populate_recordset(null::${place}, $1::json) ${meeting(table)}`;
  await client.query({ name: nameOf(text), text, values: [toJson(rows)] });
}

function linesOf(table: Table, rows: readonly Row[]): Lines {
  const lines = startLines(table);
  for (const row of rows) lines.take(row);
  lines.end();
  return lines;
}

const names = new Map<string, string>();

/** A statement with a name is planned once a connection, and not once a batch. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `agl_write_${names.size}`;
  names.set(text, name);
  return name;
}

/** What becomes of a row whose key is there. */
function meeting({ how, key, columns }: Table): string {
  if (how === 'add') return '';
  const others = Object.keys(columns).filter((column) => !key.includes(column));
  const set = others.map((column) =>
    how === 'put' ? `${column} = excluded.${column}` : `${column} = stood.${column} + excluded.${column}`,
  );
  return `on conflict (${key.join(', ')}) do ${set.length === 0 ? 'nothing' : `update set ${set.join(', ')}`}`;
}

/** The rows of these keys, as they stand. */
export async function readStates(
  pool: Pool,
  { place, table }: Placed,
  keys: readonly string[],
): Promise<Map<string, Row>> {
  if (keys.length === 0) return new Map();
  const [key] = table.key;
  const { rows } = await pool.query(
    `select ${Object.keys(table.columns).join(', ')} from ${place} where ${key} = any($1)`,
    [keys],
  );
  return new Map(rows.map((row: Row) => [row[key!] as string, row]));
}
