import { hash64, hashWords } from '../kernel/hash64.js';
import { type Course, paceAt } from './course.js';
import type { Happening } from './moment.js';
import type { Vad } from './space.js';

/** What a feature is told of: an event, and how things stood just before it. */
export type Told = {
  happening: Happening;
  course: Course;
  mood: Vad;
  /** What was felt in the last five minutes. */
  recent: { pleasant: number; unpleasant: number };
  /** Time of the event before this one; `null`: this is the first. Milliseconds since 1970. */
  before: number | null;
  now: number;
};

/**
 * One number that a model is shown. Never below 0, for below 0 means missing: what is smaller than 0 or larger than
 * `most` is told as that bound.
 */
export type Feature = {
  name: string;
  unit: 'seconds' | 'minutes' | 'count' | 'share' | 'per minute' | 'yes or no' | 'step';
  /** The range is 0 to this. */
  most: number;
  /** When it is missing; `null`: never. */
  missing: string | null;
  of(told: Told): number | undefined;
};

/** What stands for a value that is missing. */
export const MISSING = -1;
/** Goes up with every change of what a feature means: models of another version are refused. */
const VERSION = 1;

const isType =
  (...types: string[]) =>
  ({ happening }: Told) =>
    types.includes(happening.type) ? 1 : 0;
const share = (part: number) => (part + 1) / 2;
const secondsSince = (then: number | null, now: number) =>
  then === null ? undefined : Math.max(0, now - then) / 1000;
const minutesSince = (then: number | null, now: number) =>
  then === null ? undefined : Math.max(0, now - then) / 60_000;
/** A sum that halves every minute is 1 / ln 2 minutes' worth of a steady pace. */
const perMinute = (sum: number) => sum * Math.LN2;

const rarities = ['common', 'uncommon', 'rare', 'epic', 'legendary'];
const rarityStep = (rarity?: string) => {
  const step = rarities.indexOf(rarity ?? '');
  return step < 0 ? undefined : step;
};
const TONE_LASTS_MS = 5 * 60_000;

// biome-ignore format: a table is read by its columns
export const features: readonly Feature[] = [
  { name: 'valence_before',      unit: 'share',      most: 1,   missing: null,                     of: ({ mood }) => share(mood[0]) },
  { name: 'arousal_before',      unit: 'share',      most: 1,   missing: null,                     of: ({ mood }) => share(mood[1]) },
  { name: 'dominance_before',    unit: 'share',      most: 1,   missing: null,                     of: ({ mood }) => share(mood[2]) },
  { name: 'pleasant_recently',   unit: 'count',      most: 32,  missing: null,                     of: ({ recent }) => recent.pleasant },
  { name: 'unpleasant_recently', unit: 'count',      most: 32,  missing: null,                     of: ({ recent }) => recent.unpleasant },
  { name: 'since_event',         unit: 'seconds',    most: 600, missing: 'the first event',        of: ({ before, now }) => secondsSince(before, now) },
  { name: 'since_kill',          unit: 'seconds',    most: 600, missing: 'no kill yet',            of: ({ course, now }) => secondsSince(course.killAt, now) },
  { name: 'since_death',         unit: 'seconds',    most: 600, missing: 'no death yet',           of: ({ course, now }) => secondsSince(course.deathAt, now) },
  { name: 'kill_streak',         unit: 'count',      most: 20,  missing: null,                     of: ({ course }) => course.streaks.kills },
  { name: 'death_streak',        unit: 'count',      most: 20,  missing: null,                     of: ({ course }) => course.streaks.deaths },
  { name: 'victory_streak',      unit: 'count',      most: 20,  missing: null,                     of: ({ course }) => course.streaks.victories },
  { name: 'defeat_streak',       unit: 'count',      most: 20,  missing: null,                     of: ({ course }) => course.streaks.defeats },
  { name: 'event_pace',          unit: 'per minute', most: 120, missing: null,                     of: ({ course, now }) => perMinute(paceAt(course, now).events) },
  { name: 'kill_pace',           unit: 'per minute', most: 30,  missing: null,                     of: ({ course, now }) => perMinute(paceAt(course, now).kills) },
  { name: 'death_pace',          unit: 'per minute', most: 30,  missing: null,                     of: ({ course, now }) => perMinute(paceAt(course, now).deaths) },
  { name: 'damage_pace',         unit: 'per minute', most: 30,  missing: null,                     of: ({ course, now }) => perMinute(paceAt(course, now).damage) },
  { name: 'match_kills',         unit: 'count',      most: 60,  missing: null,                     of: ({ course }) => course.match.kills },
  { name: 'match_deaths',        unit: 'count',      most: 60,  missing: null,                     of: ({ course }) => course.match.deaths },
  { name: 'match_assists',       unit: 'count',      most: 60,  missing: null,                     of: ({ course }) => course.match.assists },
  { name: 'score_gap',           unit: 'share',      most: 1,   missing: 'no score told',          of: ({ happening, course }) => gapShare(happening.gap ?? course.gap) },
  { name: 'session_length',      unit: 'minutes',    most: 600, missing: 'the first event',        of: ({ course, now }) => minutesSince(course.sessionAt, now) },
  { name: 'match_length',        unit: 'minutes',    most: 120, missing: 'no match told',          of: ({ course, now }) => minutesSince(course.matchAt, now) },
  { name: 'matches',             unit: 'count',      most: 50,  missing: null,                     of: ({ course }) => course.matches },
  { name: 'chat_tone',           unit: 'share',      most: 1,   missing: 'nothing written lately', of: ({ course, now }) => recentTone(course, now) },
  { name: 'first_time',          unit: 'yes or no',  most: 1,   missing: null,                     of: ({ happening, course }) => (course.seen.includes(happening.type) ? 0 : 1) },
  { name: 'personal_record',     unit: 'yes or no',  most: 1,   missing: null,                     of: ({ happening }) => (happening.personalRecord ? 1 : 0) },
  { name: 'mvp',                 unit: 'yes or no',  most: 1,   missing: null,                     of: ({ happening }) => (happening.mvp ? 1 : 0) },
  { name: 'headshot',            unit: 'yes or no',  most: 1,   missing: null,                     of: ({ happening }) => (happening.headshot ? 1 : 0) },
  { name: 'kills_told',          unit: 'count',      most: 60,  missing: 'not told',               of: ({ happening }) => happening.killCount },
  { name: 'damage',              unit: 'share',      most: 1,   missing: 'not told',               of: ({ happening }) => happening.damage },
  { name: 'rarity',              unit: 'step',       most: 4,   missing: 'not told',               of: ({ happening }) => rarityStep(happening.rarity) },
  { name: 'is_kill',             unit: 'yes or no',  most: 1,   missing: null,                     of: isType('player.kill', 'player.multi_kill', 'player.first_blood') },
  { name: 'is_death',            unit: 'yes or no',  most: 1,   missing: null,                     of: isType('player.death') },
  { name: 'is_assist',           unit: 'yes or no',  most: 1,   missing: null,                     of: isType('player.assist') },
  { name: 'is_damage',           unit: 'yes or no',  most: 1,   missing: null,                     of: isType('player.damage_taken') },
  { name: 'is_victory',          unit: 'yes or no',  most: 1,   missing: null,                     of: isType('player.victory') },
  { name: 'is_defeat',           unit: 'yes or no',  most: 1,   missing: null,                     of: isType('player.defeat') },
  { name: 'is_reward',           unit: 'yes or no',  most: 1,   missing: null,                     of: isType('player.achievement', 'player.level_up', 'player.loot', 'player.quest_completed', 'player.objective') },
];

const gapShare = (gap: number | null) => (gap === null ? undefined : share(gap));

const recentTone = ({ tone }: Course, now: number) =>
  tone === null || now - tone.at > TONE_LASTS_MS ? undefined : share(tone.valence);

/** The features of a moment, in the order of the list. */
export const featuresOf = (told: Told): number[] =>
  features.map(({ of, most }) => {
    const value = of(told);
    return value === undefined || !Number.isFinite(value) ? MISSING : Math.min(most, Math.max(0, value));
  });

/** A mark of the list: a model is for one list alone. */
export const FEATURES_MARK = hash64(
  JSON.stringify([VERSION, features.map(({ name, unit, most, missing }) => [name, unit, most, missing])]),
);

/** A mark of what a model was shown. */
export const markOf = (vector: readonly number[]): string =>
  hashWords(new Uint32Array(Float64Array.from(vector).buffer));
