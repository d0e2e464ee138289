import { DAY_MS } from './strength.js';

/** A round time since something: `null` when it is none. */
export type Anniversary = 'week' | 'month' | 'year' | null;

/** Weeks are counted up to the first month, months up to the first year. */
const WEEKS = 4;

/**
 * Whether that time (milliseconds since 1970) is a whole number of years or months after the other, by the calendar in
 * UTC and give or take a day, or one of the first weeks to the day.
 */
export function anniversaryOf(lived: number, at: number): Anniversary {
  const days = dayOf(at) - dayOf(lived);
  if (days < 7) return null;
  const months = monthsBetween(lived, at);
  for (const count of [months - 1, months, months + 1]) {
    if (count < 1 || Math.abs(dayAfterMonths(lived, count) - dayOf(at)) > 1) continue;
    if (count % 12 === 0) return 'year';
    if (count < 12) return 'month';
  }
  return days % 7 === 0 && days / 7 <= WEEKS ? 'week' : null;
}

const dayOf = (at: number): number => Math.floor(at / DAY_MS);

function monthsBetween(from: number, to: number): number {
  const [first, last] = [new Date(from), new Date(to)];
  return (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
}

/** The same day so many months later; of a shorter month its last. */
function dayAfterMonths(from: number, months: number): number {
  const date = new Date(from);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const longest = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month, Math.min(date.getUTCDate(), longest)));
}
