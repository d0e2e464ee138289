import { padEnd, padStart, width } from './width.js';

const numeric = /^[\d.,/%×+-]+( ?(ms|s|%))?$/;

/** A table as lines: a head, a rule, the rows. Columns of numbers stand to the right. */
export function columns(head: string[], rows: string[][]): string[] {
  const widths = head.map((title, i) => Math.max(width(title), ...rows.map((row) => width(row[i] ?? ''))));
  const right = head.map((_, i) => rows.length > 0 && rows.every((row) => numeric.test(row[i] ?? '')));
  const line = (cells: string[]) =>
    widths
      .map((columns, i) => (right[i] ? padStart : padEnd)(cells[i] ?? '', columns))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((columns) => '─'.repeat(columns)).join('  '), ...rows.map(line)];
}
