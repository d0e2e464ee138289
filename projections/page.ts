/** Where a list goes on: after the row of this time and revision, or, without a revision, from that time on. */
export type Cursor = { at: string; revision?: number };

/** One page of a list in order of time, oldest first; `next` reads on and is absent on the last page. */
export type Page<T> = { items: T[]; next?: string };

const CURSOR = /^(.+)~(\d{1,16})$/;

export const formatCursor = (at: string, revision: number): string => `${at}~${revision}`;

/** A cursor of ours, or a time in ISO 8601; `null` for anything else. */
export function parseCursor(text: string): Cursor | null {
  const own = CURSOR.exec(text);
  const at = instantOf(own ? own[1]! : text);
  if (!at) return null;
  return own ? { at, revision: Number(own[2]) } : { at };
}

/** ISO 8601 with a zone → the same instant in UTC; `null` when it is not one. */
export function instantOf(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || ms < 0) return null;
  return new Date(ms).toISOString();
}

/** Cuts the one row that was read beyond the page and says where to go on. */
export function pageOf<T>(rows: T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  if (rows.length <= limit) return { items: rows };
  const items = rows.slice(0, limit);
  return { items, next: cursorOf(items.at(-1)!) };
}

export const isoOf = (value: unknown): string => new Date(value as string | Date).toISOString();

/** The same of a column, by Postgres, which writes a time faster than its driver reads one. */
export const isoIn = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${column}`;
