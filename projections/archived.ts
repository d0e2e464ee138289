import type { Pool } from 'pg';
import { monthOf } from './partitions.js';
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
  return months === undefined ? rows : rows.filter((row) => isOutside(months, row));
}

/** `months`: those of its table. */
export const isOutside = (months: ReadonlyMap<string, number>, row: Row): boolean =>
  Number(row.position) > (months.get(monthOf(row)) ?? -1);
