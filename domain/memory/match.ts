import type { Emotion } from '../emotion/emotion.js';
import { matchIdIn, type Setting, settingIn, type Told } from './facts.js';
import type { MemoryFacts } from './memory.js';

/** How strongly what was felt. */
export type Feel = Pick<Emotion, 'label' | 'intensity'>;

/** A match as far as it has gone: plain JSON, short. */
export type MatchSoFar = Setting & {
  kills: number;
  deaths: number;
  assists: number;
  result?: 'victory' | 'defeat';
  mvp?: true;
  /** There was a feat in it. */
  feat?: true;
  /** What was felt most strongly. */
  felt: Feel;
  /** Of the newest event, ISO 8601. */
  at: string;
  /** Events that stood out. */
  sources: readonly string[];
  /** It was summed up. */
  summed?: true;
};

const SOURCES_MAX = 8;
/** Something of these happens in a match: one that nobody told the start of has begun. */
const fights = new Set([
  'player.kill',
  'player.death',
  'player.assist',
  'player.multi_kill',
  'player.first_blood',
]);
const ends = new Set(['player.victory', 'player.defeat', 'match.end']);

export type Happened = { told: Told; id: string; at: string; felt: Feel; feat: boolean };

/** Whether an event belongs to another match than the one before it. */
export function begins(match: MatchSoFar | null, told: Told): boolean {
  if (told.type === 'match.start') return true;
  const id = matchIdIn(told);
  if (id !== undefined && match?.matchId !== undefined && id !== match.matchId) return true;
  if (match === null || match.summed) return fights.has(told.type) || (match === null && ends.has(told.type));
  return false;
}

export const newMatch = ({ felt, at }: Happened): MatchSoFar => ({
  kills: 0,
  deaths: 0,
  assists: 0,
  felt,
  at,
  sources: [],
});

export function matchAfter(match: MatchSoFar, happened: Happened): MatchSoFar {
  const { told, id, at, felt, feat } = happened;
  const { type, data } = told;
  const matchId = match.matchId ?? matchIdIn(told);
  const after: MatchSoFar = { ...match, ...settingIn(told), at: later(at, match.at) };
  if (matchId !== undefined) after.matchId = matchId;
  if (type === 'player.kill') after.kills++;
  if (type === 'player.death') after.deaths++;
  if (type === 'player.assist') after.assists++;
  if (felt.intensity > match.felt.intensity) after.felt = felt;
  if (feat) after.feat = true;
  if (feat || ends.has(type) || type === 'match.start')
    after.sources = [...match.sources, id].slice(-SOURCES_MAX);
  if (type !== 'player.victory' && type !== 'player.defeat') return after;
  after.result = type === 'player.victory' ? 'victory' : 'defeat';
  if (data.mvp === true) after.mvp = true;
  for (const [count, fact] of [
    ['kills', 'killCount'],
    ['deaths', 'deathCount'],
    ['assists', 'assistCount'],
  ] as const)
    if (typeof data[fact] === 'number' && Number.isSafeInteger(data[fact]) && data[fact] >= 0)
      after[count] = data[fact];
  return after;
}

/** Of times in one form, which compare as texts. */
export const later = (one: string, other: string): string => (one > other ? one : other);

/** Of nothing that happened there is nothing to sum up. */
export const isWorthSumming = ({ result, kills, deaths, assists, summed }: MatchSoFar): boolean =>
  !summed && (result !== undefined || kills + deaths + assists > 0);

export function matchFacts({ kills, deaths, assists, result, mvp, ...match }: MatchSoFar): MemoryFacts {
  const { hero, map, mode, matchId } = match;
  return {
    what: 'match',
    ...(hero !== undefined && { hero }),
    ...(map !== undefined && { map }),
    ...(mode !== undefined && { mode }),
    ...(matchId !== undefined && { matchId }),
    killCount: kills,
    deathCount: deaths,
    assistCount: assists,
    ...(result && { result }),
    ...(mvp && { mvp }),
  };
}
