import type { Pool, PoolClient } from 'pg';
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
export async function readKept(pool: Pool, table: KeptTable, keys: string[]): Promise<Map<string, Row>> {
  if (keys.length === 0) return new Map();
  const { rows } = await pool.query(
    `select ${table.columns.join(', ')} from ${table.name} where ${table.key} = any($1)`,
    [keys],
  );
  return new Map(rows.map((row: Row) => [row[table.key] as string, row]));
}

const insertInto = ({ name, columns }: AppendTable): string =>
  `insert into ${name} (${columns.join(', ')})
    select ${columns.join(', ')} from json_populate_recordset(null::${name}, $1::json)`;

/** Escapes in JSON. Well-formed text never needs one for a surrogate: those left are halves of pairs. */
const ESCAPES = /\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g;
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

/** JSON with U+FFFD for what its texts may hold and Postgres' may not: NUL and halves of surrogate pairs. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  // Escape by escape, since a backslash before `u0000` may itself be escaped; and on the text, since data nested
  // thousands deep is more than a recursion of ours can take.
  return UNSTORABLE.test(json)
    ? json.replace(ESCAPES, (found) => (UNSTORABLE.test(found) ? '\uFFFD' : found))
    : json;
}
