import { DAY_MS } from './strength.js';

/** A round time since something: `null` when it is none. */
export type Anniversary = 'week' | 'month' | 'year' | null;

/** Weeks are counted up to the first month, months up to the first year. */
const WEEKS = 4;

/**
 * Tells of times (milliseconds since 1970) whether this one is a whole number of years or months after them, by the
 * calendar in UTC and give or take a day, or one of the first weeks to the day.
 */
export function anniversariesAt(at: number): (lived: number) => Anniversary {
  const today = dayOf(at);
  const dayOfMonth = new Date(at).getUTCDate();
  return (lived) => {
    const days = today - dayOf(lived);
    if (!(days >= 7)) return null;
    const months = mayBeMonths(new Date(lived).getUTCDate(), dayOfMonth) ? wholeMonths(lived, at) : null;
    if (months !== null && months % 12 === 0) return 'year';
    if (months !== null && months < 12) return 'month';
    return days % 7 === 0 && days / 7 <= WEEKS ? 'week' : null;
  };
}

const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/** Days of the month that are far from each other, and from its ends, make no whole month: nearly all are told so. */
const mayBeMonths = (lived: number, now: number): boolean =>
  Math.abs(lived - now) <= 1 || lived >= 28 || (now >= 28 && lived === 1);

function wholeMonths(lived: number, at: number): number | null {
  const about = monthsBetween(lived, at);
  const near = (count: number) => Math.abs(dayAfterMonths(lived, count) - dayOf(at)) <= 1;
  return [about - 1, about, about + 1].find((count) => count >= 1 && near(count)) ?? null;
}

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
