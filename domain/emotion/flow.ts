import { type Course, initialCourse } from './course.js';
import { type EmotionLabel, emotionLabels } from './emotion.js';
import type { OpenFindings } from './findings.js';
import type { Vad } from './space.js';

/**
 * How feelings go on: plain JSON. The mood at a time follows from it alone (`moodAt`). Whoever makes the next one names
 * all of it: spreading the one before costs more than what is felt.
 */
export type Flow = {
  /** Game time of the newest event, milliseconds since 1970; `null` before the first. */
  at: number | null;
  /** Where this player's mood goes when nothing happens. */
  baseline: Vad;
  /** By what each emotion still moves the mood away from the baseline, as of `at`. */
  carried: Readonly<Partial<Record<EmotionLabel, Vad>>>;
  /** What was felt in the last five minutes, oldest first; at most 32. */
  recent: readonly Past[];
  course: Course;
  /** Patterns that have begun and not ended. */
  open: OpenFindings;
};

export type Past = readonly [at: number, label: EmotionLabel, valence: number];

/** A calm player. */
export const CALM: Vad = [0.1, -0.1, 0.1];

export const initialFlow: Flow = {
  at: null,
  baseline: CALM,
  carried: {},
  recent: [],
  course: initialCourse,
  open: {},
};

/**
 * How long until half of an emotion is gone, in seconds. In the order that Verduyn and Lavrijsen, "Which emotions last
 * longest and why" (2015), found: sadness longest of all; disappointment, hope, joy, relief and pride long; anger and
 * tension less; irritation, boredom and surprise shortest. The scale is that of a match, and ours.
 */
// biome-ignore format: a table is read by its columns
const halfLifeOf: Record<EmotionLabel, number> = {
  sad: 300, disappointed: 240, hopeful: 200, happy: 150, proud: 150, relieved: 140, calm: 120, determined: 110,
  frustrated: 110, angry: 100, tense: 80, excited: 75, ecstatic: 75, bored: 50, surprised: 30,
};

const HISTORY_MS = 5 * 60_000;
const HISTORY_MAX = 32;
/** The share of the way to what is felt that the mood goes at once. */
export const TAKEN_IN = 0.6;
/** A player who is glad again and again is a glad player: how much each feeling moves the baseline, and how far at most. */
const HABIT = 0.004;
const HABIT_MOST = 0.3;
/** Smaller than what is ever shown. */
const NOTHING = 0.0005;

/** Continuous in time: without an event it goes to the baseline, each emotion at its own pace. */
export const moodAt = ({ at, baseline, carried }: Flow, now: number): Vad =>
  sumOf(baseline, carriedAt(carried, at === null ? 0 : now - at));

/** As it stands. In the order of the labels. */
export const moodOf = ({ baseline, carried }: Flow): Vad => sumOf(baseline, carried);

/** `mood`: as it stood before. `share`: how much of the way to that place the mood goes, on each axis. */
export type Taken = { label: EmotionLabel; mood: Vad; place: Vad; share: Vad };

/** The mood moves. `flow` stands at that very time. */
export const flowMoved = (flow: Flow, felt: Taken): Flow => ({ ...flow, carried: carriedWith(flow, felt) });

function carriedWith({ carried }: Flow, { label, mood, place, share }: Taken): Flow['carried'] {
  const before = carried[label] ?? NONE;
  const moved: Vad = [
    short(before[0] + (place[0] - mood[0]) * share[0]),
    short(before[1] + (place[1] - mood[1]) * share[1]),
    short(before[2] + (place[2] - mood[2]) * share[2]),
  ];
  return { ...carried, [label]: moved };
}

/** What was felt moves the mood, and a little the baseline; and it is remembered for some minutes. */
export function flowAfter(flow: Flow, felt: Taken): Flow {
  const { at, baseline, course, open } = flow;
  const recent = [...flow.recent, [at ?? 0, felt.label, felt.place[0]] as const];
  return {
    at,
    baseline: habituated(baseline, felt.place),
    carried: carriedWith(flow, felt),
    recent: recent.length > HISTORY_MAX ? recent.slice(-HISTORY_MAX) : recent,
    course,
    open,
  };
}

/** Time has passed. */
export function flowAt({ at, baseline, carried, recent, course, open }: Flow, now: number): Flow {
  const isRecent = (past: Past) => now - past[0] <= HISTORY_MS;
  return {
    at: now,
    baseline,
    carried: carriedAt(carried, at === null ? 0 : now - at),
    recent: recent.every(isRecent) ? recent : recent.filter(isRecent),
    course,
    open,
  };
}

/** Always in the order of the labels, whatever kept it: sums of the same in another order differ in their last digits. */
function carriedAt(carried: Flow['carried'], elapsedMs: number): Partial<Record<EmotionLabel, Vad>> {
  const left: Partial<Record<EmotionLabel, Vad>> = {};
  const elapsed = Math.max(0, elapsedMs) / 1000;
  for (const label of emotionLabels) {
    const stood = carried[label];
    if (!stood) continue;
    const kept = elapsed === 0 ? 1 : 0.5 ** (elapsed / halfLifeOf[label]);
    // Each by itself: what moves one axis must not be seen on another.
    const part: Vad = [some(stood[0] * kept), some(stood[1] * kept), some(stood[2] * kept)];
    if (part[0] !== 0 || part[1] !== 0 || part[2] !== 0) left[label] = part;
  }
  return left;
}

function sumOf(baseline: Vad, carried: Flow['carried']): Vad {
  let valence = baseline[0];
  let arousal = baseline[1];
  let dominance = baseline[2];
  for (const label of emotionLabels) {
    const part = carried[label];
    if (!part) continue;
    valence += part[0];
    arousal += part[1];
    dominance += part[2];
  }
  return [clamp(valence, -1, 1), clamp(arousal, -1, 1), clamp(dominance, -1, 1)];
}

const NONE: Vad = [0, 0, 0];

const some = (part: number) => (Math.abs(part) > NOTHING ? part : 0);

const habituated = (baseline: Vad, place: Vad): Vad => [
  nearer(baseline, place, 0),
  nearer(baseline, place, 1),
  nearer(baseline, place, 2),
];

const nearer = (baseline: Vad, place: Vad, axis: 0 | 1 | 2): number => {
  const moved = baseline[axis] + (place[axis] - baseline[axis]) * HABIT;
  return short(clamp(moved, CALM[axis] - HABIT_MOST, CALM[axis] + HABIT_MOST));
};

/** Kept so that the same history gives the same feeling, also through JSON, and not longer than it need be. */
const short = (part: number): number => Math.round(part * 1e6) / 1e6 + 0;

export const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
