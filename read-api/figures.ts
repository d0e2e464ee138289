import type { Caller } from '../domain/access/caller.js';
import { Rejection } from '../domain/kernel/rejection.js';
import { dayAfter, daysIn } from '../projections/scope.js';
import type { Days } from './answers/analytics.js';
import type { QuestionParts } from './parts.js';
import { reachFigures } from './reach.js';
import type { FigureRecords } from './records/figures.js';
import type { FigureTerms } from './terms.js';

/** A question about figures: who asks, whose, of which days. */
export class FigureQuery {
  constructor(
    readonly caller: Caller,
    readonly terms: FigureTerms,
  ) {}
}

/** The figures, if this caller may have them. */
export async function figuresOf<T extends object>(
  parts: QuestionParts,
  { caller, terms }: FigureQuery,
  count: (figures: FigureRecords) => Promise<T>,
): Promise<(Days & T) | Rejection> {
  const figures = await reachFigures(parts, caller, terms);
  return figures instanceof Rejection ? figures : { ...figures.days, ...(await count(figures)) };
}

/** A row for each day of the range, in order: `none` on the days that have no row. */
export function everyDay<T extends { day: string }>(
  days: Days,
  rows: readonly T[],
  none: Omit<T, 'day'>,
): T[] {
  const byDay = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: daysIn(days) }, (_, nth) => {
    const day = dayAfter(days.from, nth);
    return byDay.get(day) ?? ({ day, ...none } as T);
  });
}

export const sumOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

/** To the fourth digit; `null` of nothing. */
export const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
