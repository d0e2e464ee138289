import type { GameEvent } from '../events/game-event.js';
import { builtInRules } from './built-in-rules.js';
import { courseAfter } from './course.js';
import type { Emotion } from './emotion.js';
import { featuresOf, markOf } from './features.js';
import { type Finding, findingsAt } from './findings.js';
import {
  clamp,
  type Flow,
  flowAfter,
  flowAt,
  flowMoved,
  initialFlow,
  moodAt,
  moodOf,
  type Past,
  TAKEN_IN,
} from './flow.js';
import { axes, type EmotionModel, movedBy } from './model.js';
import { type Happening, happeningOf, type Moment, momentOf } from './moment.js';
import { type Rule, type RuleTable, ruleTable } from './rules.js';
import { nearestLabel, type Vad } from './space.js';

/**
 * How a player feels between events: plain JSON, all that is needed to go on feeling. Events of one instant are
 * kept, with how it stood before them: in whatever order they are told, the player feels the same afterwards.
 */
export type Feeling = {
  /** After all that was told. */
  flow: Flow;
  /** Before the newest instant. */
  before: Flow;
  instant: readonly Happening[];
};

export const initialFeeling: Feeling = { flow: initialFlow, before: initialFlow, instant: [] };

/** Who decides what is felt. */
export type Deciders = { rules: RuleTable; model?: EmotionModel | null };

/** Where a game says nothing and no model is there. */
export const builtIn: Deciders = { rules: ruleTable(builtInRules) };

export type Felt = {
  emotion: Emotion;
  feeling: Feeling;
  /** The facts the rules were asked about, for those who decide what to make of it. */
  moment: Moment;
  /** Patterns that begin or end with this event. */
  findings: readonly Finding[];
};

/** So sure a rule must be to decide alone. */
export const SURE = 0.85;
/** More of one instant are felt in the order in which they are told. */
const INSTANT_MAX = 8;

/**
 * What this event makes a player feel. A rule that is sure gives the feeling; else a model, where there is one; the
 * last five minutes amplify it (more of the same luck) or dampen it (the same again and again, or the other way
 * round); where nobody has anything to say, the mood goes on. Pure: the same history gives the same feeling.
 */
export function feel(event: GameEvent, before: Feeling, deciders: Deciders = builtIn): Felt {
  const happening = happeningOf(event);
  const told = Date.parse(event.at);
  const last = before.flow.at;
  // A game may tell an older event late: the mood never runs backwards.
  const now = last === null ? told : Math.max(told, last);
  const together = now === last && before.instant.length < INSTANT_MAX;
  const { emotion, moment, findings, flow: after } = step(before.flow, { happening, now }, deciders);
  const felt = (feeling: Feeling): Felt => ({ emotion, moment, findings, feeling });
  if (!together) return felt({ flow: after, before: before.flow, instant: [happening] });
  const instant = [...before.instant, happening].sort(inOrder);
  let flow = before.before;
  for (const one of instant) flow = step(flow, { happening: one, now }, deciders).flow;
  return felt({ flow, before: before.before, instant });
}

const inOrder = (one: Happening, other: Happening) => {
  if (one.type !== other.type) return one.type < other.type ? -1 : 1;
  return one.id < other.id ? -1 : 1;
};

/** What a player wrote, as far as it can be told from the text: -1 to 1. Kept for what is felt next. */
export function heard(feeling: Feeling, { at, valence }: { at: number; valence: number }): Feeling {
  const hear = (flow: Flow): Flow => ({ ...flow, course: { ...flow.course, tone: { at, valence } } });
  return { ...feeling, flow: hear(feeling.flow), before: hear(feeling.before) };
}

/** How the player feels when nothing new has happened since, at `now` (milliseconds since 1970). */
export const feelingAt = ({ flow }: Feeling, now: number): Emotion => {
  const at = Math.max(now, flow.at ?? now);
  return carried(moodAt(flow, at), flow.baseline);
};

type Decided = { emotion: Emotion; share: Vad };
type Step = { emotion: Emotion; moment: Moment; flow: Flow; findings: readonly Finding[] };

function step(before: Flow, { happening, now }: { happening: Happening; now: number }, by: Deciders): Step {
  const flow = flowAt(before, now);
  const mood = moodOf(flow);
  const moment = momentOf(happening, flow.course, now);
  const { emotion, share } = decided({ happening, now, mood, moment, flow, last: before.at }, by);
  const felt = flowOf({ flow, mood }, emotion, share);
  const { recent } = felt;
  const idle = happening.type === 'player.idle';
  const moved = felt === flow ? mood : moodOf(felt);
  const view = { mood: moved, recent, moment, now, open: flow.open, idle };
  const { open, findings } = findingsAt(view, before.at);
  const course = courseAfter(flow.course, happening, now);
  const { at, baseline, carried } = felt;
  return { emotion, moment, findings, flow: { at, baseline, carried, recent, course, open } };
}

/** What only a model says of an event that no rule knows moves the mood, but is no turn of the game's luck. */
function flowOf({ flow, mood }: Pick<Scene, 'flow' | 'mood'>, emotion: Emotion, share: Vad): Flow {
  if (emotion.source === 'carried') return flow;
  const { label, valence, arousal, dominance } = emotion;
  const felt = { label, mood, place: [valence, arousal, dominance] as const, share };
  return emotion.ruleId === undefined ? flowMoved(flow, felt) : flowAfter(flow, felt);
}

type Scene = {
  happening: Happening;
  now: number;
  mood: Vad;
  moment: Moment;
  /** As it stands at the event. */
  flow: Flow;
  /** When the event before was. */
  last: number | null;
};

/** A mood follows what is felt in part; what a model expects is how the mood itself moves. */
const IN_PART: Vad = [TAKEN_IN, TAKEN_IN, TAKEN_IN];

function decided(scene: Scene, { rules, model }: Deciders): Decided {
  const rule = rules(scene.happening.type, scene.moment);
  if (rule && rule.confidence >= SURE) return { emotion: ruled(rule, scene), share: IN_PART };
  const otherwise = rule ? ruled(rule, scene) : carried(scene.mood, scene.flow.baseline);
  return (model && modelled(model, otherwise, scene)) ?? { emotion: otherwise, share: IN_PART };
}

function ruled(rule: Rule, { mood, flow: { recent } }: Scene): Emotion {
  const intensity = clamp(rule.intensity * momentum(rule, recent) * habituation(rule, recent), 0.05, 1);
  const strength = intensity / Math.max(rule.intensity, 0.05);
  const towards = (axis: 0 | 1 | 2) =>
    round(mood[axis] + (clamp(rule.vad[axis] * strength, -1, 1) - mood[axis]) * 0.8);
  return {
    label: rule.feel,
    intensity: round(intensity),
    valence: towards(0),
    arousal: towards(1),
    dominance: towards(2),
    confidence: rule.confidence,
    source: 'rule',
    ruleId: rule.id,
  };
}

type Shown = Pick<Scene, 'happening' | 'now' | 'mood' | 'flow' | 'last'>;

/** What a model is shown of an event, live and in training. */
export const shownOf = ({ happening, now, mood, last, flow: { recent, course } }: Shown): number[] =>
  featuresOf({
    happening,
    course,
    mood,
    recent: { pleasant: recent.filter(isPleasant).length, unpleasant: recent.filter(isUnpleasant).length },
    before: last,
    now,
  });

/**
 * A model moves the mood on the axes it knows; on the others a rule that was not sure has its way, or the mood. What a
 * rule calls it, it is called, and as strong: a client that has the rules and no model agrees on that.
 */
function modelled(model: EmotionModel, otherwise: Emotion, scene: Scene): Decided | null {
  const { mood, flow } = scene;
  const vector = shownOf(scene);
  const unmoved: Vad = [otherwise.valence, otherwise.arousal, otherwise.dominance];
  const moves = model.predict(vector);
  const moved = movedBy(moves, mood, unmoved);
  if (!moved) return null;
  const [valence, arousal, dominance] = moved.place.map(round) as unknown as Vad;
  const { label, intensity } = otherwise.ruleId
    ? otherwise
    : {
        label: nearestLabel(moved.place).label,
        intensity: round(clamp(distance(moved.place, flow.baseline), 0, 1)),
      };
  const emotion: Emotion = {
    label,
    intensity,
    valence,
    arousal,
    dominance,
    confidence: round(clamp(moved.confidence, 0, 1)),
    source: 'model',
    ...(otherwise.ruleId && { ruleId: otherwise.ruleId }),
    model: model.version,
    features: markOf(vector),
  };
  const others = otherwise.ruleId ? TAKEN_IN : 0;
  return { emotion, share: axes.map((axis) => (moves[axis] ? 1 : others)) as unknown as Vad };
}

function carried(mood: Vad, baseline: Vad): Emotion {
  const { label, closeness } = nearestLabel(mood);
  return {
    label,
    intensity: round(clamp(distance(mood, baseline), 0, 1)),
    valence: round(mood[0]),
    arousal: round(mood[1]),
    dominance: round(mood[2]),
    confidence: round(0.4 + 0.4 * closeness),
    source: 'carried',
  };
}

/** Luck of the same kind in the last minutes makes a feeling stronger, of the other kind weaker: 0.8 to 1.25. */
function momentum(rule: Rule, recent: readonly Past[]): number {
  const sign = Math.sign(rule.vad[0]);
  let tide = 0;
  for (const past of recent) tide += past[2];
  return clamp(1 + tide * sign * 0.06, 0.8, 1.25);
}

/** The fourth time is not the first: the same feeling again and again wears off, down to 0.6. */
function habituation(rule: Rule, recent: readonly Past[]): number {
  let again = 0;
  for (const past of recent) if (past[1] === rule.feel) again++;
  return Math.max(0.6, 1 - 0.05 * Math.max(0, again - 2));
}

const isPleasant = ([, , valence]: Past) => valence > 0.1;
const isUnpleasant = ([, , valence]: Past) => valence < -0.1;
const distance = (one: Vad, other: Vad) =>
  Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
// Adding zero turns -0, which JSON does not keep, into 0.
const round = (value: number) => Math.round(value * 1000) / 1000 + 0;
