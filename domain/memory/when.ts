import type { Language } from '../kernel/language.js';

const DAY_MS = 86_400_000;
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** How long ago, as people say it; whole days by UTC. Both ISO 8601. What is later than `now` was just now. */
export function whenOf(at: string, now: string, lang: Language): string {
  const [then, today] = [dayOf(at), dayOf(now)];
  const days = today - then;
  if (days <= 0) return lang === 'en' ? 'today' : '今天';
  if (days === 1) return lang === 'en' ? 'yesterday' : '昨天';
  if (days < 7 && weekOf(then) === weekOf(today)) return lang === 'en' ? `${days} days ago` : `${days}天前`;
  if (weekOf(today) - weekOf(then) === 1) return lang === 'en' ? 'last week' : '上周';
  const date = { year: new Date(at).getUTCFullYear(), month: new Date(at).getUTCMonth() };
  const reference = { year: new Date(now).getUTCFullYear(), month: new Date(now).getUTCMonth() };
  const months = (reference.year - date.year) * 12 + reference.month - date.month;
  if (months < 1 || days < 28)
    return lang === 'en' ? weeksAgo(days) : `${Math.max(2, Math.round(days / 7))}周前`;
  if (months < 11) return monthIn(date, reference, lang);
  const years = Math.max(1, Math.round(months / 12));
  if (lang === 'en') return years === 1 ? 'a year ago' : `${years} years ago`;
  return years === 1 ? '一年前' : `${years}年前`;
}

const dayOf = (time: string) => Math.floor(Date.parse(time) / DAY_MS);
/** Weeks begin on Mondays. */
const weekOf = (day: number) => Math.floor((day + 3) / 7);
const weeksAgo = (days: number) => `${Math.max(2, Math.round(days / 7))} weeks ago`;

type Month = { year: number; month: number };

function monthIn(date: Month, now: Month, lang: Language): string {
  if (lang === 'en') return `in ${MONTHS[date.month]}`;
  return date.year === now.year ? `${date.month + 1}月` : `去年${date.month + 1}月`;
}
