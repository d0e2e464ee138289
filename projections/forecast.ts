import { dayAfter, daysIn } from './scope.js';

/** What a month may come to. */
export type Forecast = {
  /** `YYYY-MM` */
  month: string;
  spentUsd: number;
  /** What each of the days left is taken to cost; `null`: nothing to go by. */
  perDayUsd: number | null;
  daysLeft: number;
  usd: number;
};

/** So many days with lines it goes by, none of them longer ago than the other. */
const GO_BY = { days: 7, within: 30 };

/** What a forecast goes by has to be known from this day on: the month began no longer ago. */
export const forecastSince = (today: string): string => dayAfter(today, -GO_BY.within);

/**
 * What was spent in the month of `today` so far, and for each day after today the mean of the last seven days with
 * lines before today, of the last thirty; where there is no such day, what today cost so far. Days without lines are no
 * part of the mean and what is left of today is not guessed: a game that is played on Sundays alone comes out
 * too dear, the month's last day a little too cheap.
 */
export function forecastFrom(days: readonly { day: string; nano: number }[], today: string): Forecast {
  const month = today.slice(0, 7);
  const sum = (of: typeof days) => of.reduce((total, { nano }) => total + nano, 0);
  const soFar = sum(days.filter(({ day }) => day.startsWith(month) && day <= today));
  const past = days.filter(({ day }) => day < today && day >= forecastSince(today));
  const known = past.length > 0 ? past.slice(-GO_BY.days) : days.filter(({ day }) => day === today);
  const perDay = known.length === 0 ? null : Math.round(sum(known) / known.length);
  const daysLeft = daysIn({ from: today, to: lastOf(month) }) - 1;
  return {
    month,
    spentUsd: usdOf(soFar),
    perDayUsd: perDay === null ? null : usdOf(perDay),
    daysLeft,
    usd: usdOf(soFar + (perDay ?? 0) * daysLeft),
  };
}

/** Its last day. */
function lastOf(month: string): string {
  const [year, index] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, index, 0)).toISOString().slice(0, 10);
}

/** Billionths of a US dollar as US dollars. */
export const usdOf = (nano: unknown): number => Number(nano) / 1e9;
