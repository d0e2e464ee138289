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

/** Columns by whose name they are known; of players alone the id is the player's. */
const KNOWN = `(c.column_name in ('player_id', 'subject', 'stream') or (c.table_name = 'players' and c.column_name = 'id'))`;

/** As the database itself tells, whoever made them; a table that is parted is one. */
export async function playerTables(pool: Pool): Promise<PlayerTable[]> {
  const { rows } = await pool.query(
    `select c.table_schema as schema, c.table_name as name, c.column_name as column
      from information_schema.columns c
      join pg_class t on t.relname = c.table_name and not t.relispartition
      join pg_namespace n on n.oid = t.relnamespace and n.nspname = c.table_schema
      where ${KNOWN} and c.data_type = 'text' and c.table_schema not in ('pg_catalog', 'information_schema')
        and c.table_name <> all($1) order by 1, 2, 3`,
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

/** Rows that name a player, in all tables that can. */
export async function residueIn(pool: Pool, player: string): Promise<{ tables: number; rows: number }> {
  const tables = await playerTables(pool);
  let found = 0;
  for (const table of tables) {
    const asked = `select count(*) as rows from ${table.place} where ${table.column} = $1`;
    const { rows } = await pool.query(asked, [nameIn(table, player)]);
    found += Number(rows[0].rows);
  }
  return { tables: tables.length, rows: found };
}
