import type { Told } from './facts.js';
import { type Importance, importanceTold } from './importance.js';
import { keyOf } from './keys.js';
import {
  begins,
  type Feel,
  type Happened,
  isWorthSumming,
  type MatchSoFar,
  matchAfter,
  matchFacts,
  newMatch,
} from './match.js';
import type { MemoryFacts, MemoryKind } from './memory.js';
import type { Weights } from './settings.js';
import { newWeek, type WeekSoFar, wasLived, weekAfter, weekFacts, weekOf } from './week.js';

/** A thing to keep, before it has ids and a place. */
export type Draft = Importance & {
  kind: MemoryKind;
  facts: MemoryFacts;
  felt: Feel;
  /** Game time, ISO 8601. */
  at: string;
  sources: readonly string[];
  key: string;
};

/** What the weeks and the matches of a life have come to. */
export type Chapters = {
  week: WeekSoFar | null;
  match: MatchSoFar | null;
  /** How many matches there were. */
  matches: number;
  /** The game has told the end of a match: others are waited for. */
  tellsEnd: boolean;
};

export const initialChapters: Chapters = { week: null, match: null, matches: 0, tellsEnd: false };

/** What each is worth before it is known what is in it. */
const WEEK = 0.75;
const MATCH = 0.55;

export type Reflected = { chapters: Chapters; drafts: readonly Draft[] };
type Next = Happened & { now: number };

/** The week before is over with the first event of another one. */
export function weeks({ chapters, drafts }: Reflected, happened: Next, weights: Weights): Reflected {
  const { now, at, felt, id } = happened;
  const event = { type: happened.told.type, id, at, felt };
  const current = weekOf(now);
  const over = chapters.week !== null && chapters.week.week < current ? chapters.week : null;
  const week = over || chapters.week === null ? newWeek(current, event) : chapters.week;
  return {
    chapters: {
      week: weekAfter(week, event),
      match: chapters.match,
      matches: chapters.matches,
      tellsEnd: chapters.tellsEnd,
    },
    drafts: over && wasLived(over) ? [...drafts, weekDraft(over, weights)] : drafts,
  };
}

function weekDraft(week: WeekSoFar, weights: Weights): Draft {
  const { felt, at, sources } = week;
  const facts = weekFacts(week);
  const importance = importanceTold(WEEK, { intensity: felt.intensity }, weights);
  return { kind: 'week', key: keyOf('week', facts, week.week), facts, felt, at, sources, ...importance };
}

/** A match is summed up once: at its end, or with its outcome as long as the game has never told an end. */
export function matches(reflected: Reflected, happened: Next, weights: Weights): Reflected {
  const { told, id } = happened;
  const { week } = reflected.chapters;
  let { match, matches, tellsEnd } = reflected.chapters;
  const drafts = [...reflected.drafts];
  if (begins(match, told)) {
    // Its end was never told.
    if (match?.result && isWorthSumming(match)) drafts.push(matchDraft(match, id, weights));
    match = newMatch(happened);
    matches++;
  }
  if (match === null) return { chapters: { week, match, matches, tellsEnd }, drafts };
  if (!match.summed) match = matchAfter(match, happened);
  if (isOver(told, tellsEnd) && isWorthSumming(match)) {
    drafts.push(matchDraft(match, id, weights));
    match = { ...match, summed: true };
  }
  tellsEnd ||= told.type === 'match.end';
  return { chapters: { week, match, matches, tellsEnd }, drafts };
}

const isOver = ({ type }: Told, tellsEnd: boolean): boolean =>
  type === 'match.end' || (!tellsEnd && (type === 'player.victory' || type === 'player.defeat'));

/** `completedBy`: the event that it is summed up with, which names it where the game does not. */
function matchDraft(match: MatchSoFar, completedBy: string, weights: Weights): Draft {
  const { felt, at } = match;
  const facts = matchFacts(match);
  const sources = match.sources.length > 0 ? match.sources : [completedBy];
  const stakes = { feat: match.feat || match.mvp || false, intensity: felt.intensity };
  const importance = importanceTold(MATCH, stakes, weights);
  return { kind: 'match', key: keyOf('match', facts, completedBy), facts, felt, at, sources, ...importance };
}
