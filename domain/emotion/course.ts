import type { Happening } from './moment.js';

/** How a player's game has gone so far: plain JSON, what the rules and the model are told beside the event. */
export type Course = {
  /** Runs of the same luck. */
  streaks: Streaks;
  match: { kills: number; deaths: number; assists: number };
  /** Matches begun in this session. */
  matches: number;
  /** Game times in milliseconds since 1970; `null`: not yet. */
  sessionAt: number | null;
  matchAt: number | null;
  killAt: number | null;
  deathAt: number | null;
  /** Sums that halve every minute, as they stood at `paceAt`. */
  pace: Pace;
  paceAt: number;
  /** Own score before the enemy's, as last told in this match. */
  gap: number | null;
  /** Valence of what the player wrote last, and when. */
  tone: { at: number; valence: number } | null;
  /** The types of events that were ever told; of a game's own not more than some. */
  seen: readonly string[];
};

export type Streaks = {
  /** Deaths without a kill in between. */
  deaths: number;
  /** Kills without a death in between. */
  kills: number;
  defeats: number;
  victories: number;
};

export type Pace = { events: number; kills: number; deaths: number; damage: number };

export const initialCourse: Course = {
  streaks: { deaths: 0, kills: 0, defeats: 0, victories: 0 },
  match: { kills: 0, deaths: 0, assists: 0 },
  matches: 0,
  sessionAt: null,
  matchAt: null,
  killAt: null,
  deathAt: null,
  pace: { events: 0, kills: 0, deaths: 0, damage: 0 },
  paceAt: 0,
  gap: null,
  tone: null,
  seen: [],
};

const PACE_HALF_LIFE_MS = 60_000;
const SEEN_MAX = 48;

export function courseAfter(before: Course, happening: Happening, now: number): Course {
  const course = courseOn(before, happening, now);
  const { streaks, match } = before;
  switch (happening.type) {
    case 'player.kill':
      course.streaks = { ...streaks, kills: streaks.kills + 1, deaths: 0 };
      course.match = { ...match, kills: match.kills + 1 };
      course.killAt = now;
      return course;
    case 'player.death':
      course.streaks = { ...streaks, deaths: streaks.deaths + 1, kills: 0 };
      course.match = { ...match, deaths: match.deaths + 1 };
      course.deathAt = now;
      return course;
    case 'player.assist':
      course.match = { ...match, assists: match.assists + 1 };
      return course;
    case 'player.victory':
      course.streaks = { ...streaks, victories: streaks.victories + 1, defeats: 0 };
      return course;
    case 'player.defeat':
      course.streaks = { ...streaks, defeats: streaks.defeats + 1, victories: 0 };
      return course;
    case 'match.start':
      return { ...course, ...newMatch(now), matches: before.matches + 1 };
    case 'session.start':
      return { ...course, ...newMatch(null), matches: 0, sessionAt: now };
    default:
      return course;
  }
}

/** With what is the same for events of all types. All is named: spreading the one before costs more than all else here. */
const courseOn = (before: Course, happening: Happening, now: number): Course => ({
  streaks: before.streaks,
  match: before.match,
  matches: before.matches,
  sessionAt: before.sessionAt ?? now,
  matchAt: before.matchAt,
  killAt: before.killAt,
  deathAt: before.deathAt,
  pace: paceAfter(before, happening, now),
  paceAt: now,
  gap: happening.gap ?? before.gap,
  tone: before.tone,
  seen: seenAfter(before.seen, happening.type),
});

const newMatch = (matchAt: number | null) => ({ match: initialCourse.match, matchAt, gap: null });

/** The sums as they are at a time: half of what was a minute ago. */
export function paceAt({ pace, paceAt: then }: Course, now: number): Pace {
  const kept = 0.5 ** (Math.max(0, now - then) / PACE_HALF_LIFE_MS);
  return {
    events: pace.events * kept,
    kills: pace.kills * kept,
    deaths: pace.deaths * kept,
    damage: pace.damage * kept,
  };
}

function paceAfter(course: Course, { type, damage }: Happening, now: number): Pace {
  const pace = paceAt(course, now);
  return {
    events: short(pace.events + 1),
    kills: short(pace.kills + (type === 'player.kill' ? 1 : 0)),
    deaths: short(pace.deaths + (type === 'player.death' ? 1 : 0)),
    damage: short(pace.damage + (type === 'player.damage_taken' ? Math.min(1, Math.max(0, damage ?? 0)) : 0)),
  };
}

const short = (value: number) => Math.round(value * 10_000) / 10_000;

const seenAfter = (seen: readonly string[], type: string): readonly string[] =>
  seen.includes(type) || seen.length >= SEEN_MAX ? seen : [...seen, type].sort();
