import type { Pool } from 'pg';

/** A table with a column that names a player, or a player's stream. */
export type PlayerTable = {
  place: string;
  schema: string;
  name: string;
  column: string;
  named: 'id' | 'stream';
};

/** What tells that a player was erased, and how far that is: it stays. */
const BOOKS = ['erased_players', 'erased_found', 'person_keys'];

/** As the database itself tells, whoever made them; a table that is parted is one. Of `players` alone the id is a player's. */
export async function playerTables(pool: Pool): Promise<PlayerTable[]> {
  const { rows } = await pool.query(
    `select n.nspname as schema, t.relname as name, a.attname as column
      from pg_class t join pg_namespace n on n.oid = t.relnamespace
      join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      where t.relkind in ('r', 'p') and not t.relispartition and a.atttypid = 'text'::regtype
        and n.nspname not in ('pg_catalog', 'information_schema') and t.relname <> all($1)
        and (a.attname in ('player_id', 'subject', 'stream') or (t.relname = 'players' and a.attname = 'id'))
      order by 1, 2, 3`,
    [BOOKS],
  );
  return rows.map(({ schema, name, column }) => ({
    ...{ schema, name, column },
    place: `${schema}.${name}`,
    named: column === 'stream' ? 'stream' : 'id',
  }));
}

export const nameIn = ({ named }: PlayerTable, player: string): string =>
  named === 'stream' ? `player-${player}` : player;

/** How many rows of these name a player. */
export async function rowsNaming(
  pool: Pool,
  tables: readonly PlayerTable[],
  player: string,
): Promise<number> {
  let found = 0;
  for (const table of tables) {
    const asked = `select count(*) as rows from ${table.place} where ${table.column} = $1`;
    const { rows } = await pool.query(asked, [nameIn(table, player)]);
    found += Number(rows[0].rows);
  }
  return found;
}

/** Rows that name a player, in all tables that can. */
export async function residueIn(pool: Pool, player: string): Promise<{ tables: number; rows: number }> {
  const tables = await playerTables(pool);
  return { tables: tables.length, rows: await rowsNaming(pool, tables, player) };
}

/** Events of a player that read models could not take. */
export async function parkedNaming(pool: Pool, player: string): Promise<number> {
  const tables = await playerTables(pool);
  return rowsNaming(
    pool,
    tables.filter(({ name }) => name === 'parked_events'),
    player,
  );
}
