import { type Feel, later } from './match.js';
import type { MemoryFacts } from './memory.js';

/** A week as far as it has gone: plain JSON, short. */
export type WeekSoFar = {
  /** `2026-W48`. */
  week: string;
  events: number;
  victories: number;
  defeats: number;
  kills: number;
  felt: Feel;
  /** Of the newest event, ISO 8601. */
  at: string;
  /** Its first event, and how its matches ended. */
  sources: readonly string[];
};

const DAY_MS = 86_400_000;

/** The ISO week of a game time (UTC): weeks compare as texts. */
export function weekOf(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  // The first of January 1970 was a Thursday; a week is of the year that its Thursday is in.
  const thursday = new Date(Math.floor((day + 3) / 7) * 7 * DAY_MS);
  const year = thursday.getUTCFullYear();
  const nth = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(nth).padStart(2, '0')}`;
}

type OfWeek = { type: string; id: string; at: string; felt: Feel };

/** Before its first event is taken in. */
export const newWeek = (week: string, { id, at, felt }: OfWeek): WeekSoFar => ({
  week,
  events: 0,
  victories: 0,
  defeats: 0,
  kills: 0,
  felt,
  at,
  sources: [id],
});

const SOURCES_MAX = 8;

export function weekAfter(week: WeekSoFar, { type, id, at, felt }: OfWeek): WeekSoFar {
  const after = { ...week, events: week.events + 1, at: later(at, week.at) };
  if (type === 'player.kill') after.kills++;
  if (type === 'player.victory') after.victories++;
  if (type === 'player.defeat') after.defeats++;
  if (felt.intensity > week.felt.intensity) after.felt = felt;
  if (type === 'player.victory' || type === 'player.defeat')
    after.sources = [...week.sources.filter((source) => source !== id), id].slice(-SOURCES_MAX);
  return after;
}

/** A week in which there was hardly anything is not spoken of. */
export const wasLived = ({ events }: WeekSoFar): boolean => events >= 3;

export const weekFacts = ({ victories, defeats, kills }: WeekSoFar): MemoryFacts => ({
  what: 'week',
  matches: victories + defeats,
  victories,
  defeats,
  killCount: kills,
});
