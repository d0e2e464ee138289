import { DAY_MS } from './strength.js';

/** A round time since something: `null` when it is none. */
export type Anniversary = 'week' | 'month' | 'year' | null;

/** Weeks are counted up to the first month, months up to the first year. */
const WEEKS = 4;

/** A time in the calendar of UTC: days since 1970, months since year 0, and the day of the month. */
export type LivedOn = { day: number; month: number; dayOfMonth: number };

export function livedOn(at: number): LivedOn {
  const date = new Date(at);
  return {
    day: dayOf(at),
    month: date.getUTCFullYear() * 12 + date.getUTCMonth(),
    dayOfMonth: date.getUTCDate(),
  };
}

/**
 * Tells of days whether this time (milliseconds since 1970) is a whole number of years or months after them, by the
 * calendar in UTC and give or take a day, or one of the first weeks to the day.
 */
export function anniversariesAt(at: number): (lived: LivedOn) => Anniversary {
  const now = livedOn(at);
  return (lived) => {
    const days = now.day - lived.day;
    if (!(days >= 7)) return null;
    const months = mayBeMonths(lived.dayOfMonth, now.dayOfMonth) ? wholeMonths(lived, now) : null;
    if (months !== null && months % 12 === 0) return 'year';
    if (months !== null && months < 12) return 'month';
    return days % 7 === 0 && days / 7 <= WEEKS ? 'week' : null;
  };
}

const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/** Days of the month that are far from each other, and from its ends, make no whole month: nearly all are told so. */
const mayBeMonths = (lived: number, now: number): boolean =>
  Math.abs(lived - now) <= 1 || lived >= 28 || (now >= 28 && lived === 1);

function wholeMonths(lived: LivedOn, now: LivedOn): number | null {
  const about = now.month - lived.month;
  for (let count = Math.max(1, about - 1); count <= about + 1; count++)
    if (Math.abs(dayAfterMonths(lived, count) - now.day) <= 1) return count;
  return null;
}

/** The same day so many months later; of a shorter month its last. */
function dayAfterMonths({ month, dayOfMonth }: LivedOn, months: number): number {
  const first = firstOf(month + months);
  return first + Math.min(dayOfMonth, firstOf(month + months + 1) - first) - 1;
}

/** The day on which a month begins. */
const firstOf = (month: number): number => dayOf(Date.UTC(Math.floor(month / 12), month % 12, 1));
