import type { Pool } from 'pg';
import type { Row } from './projection.js';

/** Table → month → place in the log up to which the rows of that month are in the archive. */
export type Archived = ReadonlyMap<string, ReadonlyMap<string, number>>;

export async function readArchived(pool: Pool): Promise<Archived> {
  const { rows } = await pool.query('select table_name, month, up_to from archived_months');
  const archived = new Map<string, Map<string, number>>();
  for (const { table_name, month, up_to } of rows) {
    const months = archived.get(table_name) ?? new Map<string, number>();
    archived.set(table_name, months.set(month, Number(up_to)));
  }
  return archived;
}

/** A row that is in the archive is not to be in its table as well. */
export function outsideArchive(archived: Archived, table: string, rows: Row[]): Row[] {
  const months = archived.get(table);
  if (months === undefined) return rows;
  return rows.filter((row) => Number(row.position) > (months.get((row.at as string).slice(0, 7)) ?? -1));
}
