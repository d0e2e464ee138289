import type { Row } from './define.js';

/** What a function of an insight gave back, as rows. @throws Error that names the column that is none. */
export function rowsOf(given: unknown): Row[] {
  const rows = Array.isArray(given) ? given : [given];
  for (const row of rows) {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw new Error(`a row is an object of columns, not ${named(row)}`);
    for (const [column, value] of Object.entries(row)) {
      if (!isCell(value))
        throw new Error(
          `column ${column} is ${named(value)}: it is to be a string, a finite number, a boolean or null`,
        );
    }
  }
  return rows as Row[];
}

const isCell = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

function named(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The columns of all rows, in the order in which they first come. */
export const columnsOf = (rows: readonly Row[]): string[] => [...new Set(rows.flatMap(Object.keys))];
