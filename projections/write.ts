import type { Pool, PoolClient } from 'pg';
import { copyLines, type Lines, startLines } from './copy.js';
import { toJson } from './json.js';
import type { Row, Table } from './projection.js';

/** A table and where it is: its name with its schema. */
export type Placed = { place: string; table: Table };

/** From here on a COPY of its own costs less than to have Postgres take JSON apart. */
const COPY_FROM = 256;

/** What goes into a table: rows as folds gave them, one of a key, or lines. */
export type ToWrite = Placed & { rows: Row[] | Lines };

/** Small things go together in one statement: the way to Postgres and back costs more than they do. */
export async function writeAll(client: PoolClient, all: readonly ToWrite[]): Promise<void> {
  const small: (Placed & { rows: Row[] })[] = [];
  for (const { rows, ...placed } of all) {
    if (!Array.isArray(rows)) await copyLines(client, placed, rows);
    else if (placed.table.how === 'add' && rows.length >= COPY_FROM)
      await copyLines(client, placed, linesOf(placed.table, rows));
    else if (rows.length > 0) small.push({ ...placed, rows });
  }
  if (small.length === 0) return;
  const inserts = small.map((placed, nth) => `into_${nth} as (${insertInto(placed, nth + 1)})`);
  const text = `with ${inserts.join(', ')} select`;
  await client.query({ name: nameOf(text), text, values: small.map(({ rows }) => toJson(rows)) });
}

/** One JSON text: Postgres takes it apart faster than this process could take it apart for Postgres. */
function insertInto({ place, table }: Placed, parameter: number): string {
  const columns = Object.keys(table.columns).join(', ');
  return `insert into ${place} as stood (${columns})
    select ${columns} from json_populate_recordset(null::${place}, $${parameter}::json) ${meeting(table)}`;
}

function linesOf(table: Table, rows: readonly Row[]): Lines {
  const lines = startLines(table);
  for (const row of rows) lines.take(row);
  lines.end();
  return lines;
}

const names = new Map<string, string>();

/** So many plans a connection keeps at most: those of the tables that are often written together. */
const NAMES = 64;

/** A statement with a name is planned once a connection, and not once a batch. */
function nameOf(text: string): string | undefined {
  if (names.size < NAMES && !names.has(text)) names.set(text, `agl_write_${names.size}`);
  return names.get(text);
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
