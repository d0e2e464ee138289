import type { GameEvent } from '../events/game-event.js';
import type { Emotion, EmotionLabel } from './emotion.js';
import { type Moment, momentOf, noStreaks, type Streaks, streaksAfter } from './moment.js';
import { type Rule, ruleFor } from './rules.js';
import { nearestLabel, type Vad } from './space.js';

/** How a player feels between events: plain JSON, all that is needed to go on feeling. */
export type Feeling = {
  /** Time of the newest event, milliseconds since 1970; `null` before the first. */
  at: number | null;
  mood: Vad;
  /** What was felt in the last five minutes, oldest first; at most 32. */
  recent: readonly { at: number; label: EmotionLabel; valence: number }[];
  streaks: Streaks;
};

export const initialFeeling: Feeling = {
  at: null,
  mood: [0.1, -0.1, 0.1],
  recent: [],
  streaks: noStreaks,
};

export type Felt = {
  emotion: Emotion;
  feeling: Feeling;
  /** The facts the rules were asked about, for those who decide what to make of it. */
  moment: Moment;
};

/** A calm player: where the mood goes when nothing happens. */
const BASELINE: Vad = [0.1, -0.1, 0.1];
const MOOD_HALF_LIFE_MS = 90_000;
const HISTORY_MS = 5 * 60_000;
const HISTORY_MAX = 32;

/**
 * What this event makes a player feel. A rule gives the feeling; the last five minutes amplify it (more of
 * the same luck) or dampen it (the same again and again, or the other way round); without a rule the mood
 * goes on, decayed. Pure: the same history gives the same feeling.
 */
export function feel(event: GameEvent, before: Feeling): Felt {
  const told = Date.parse(event.at);
  // A game may tell an older event late: the mood never runs backwards.
  const now = before.at === null ? told : Math.max(told, before.at);
  const moment = momentOf(event, before.streaks);
  const mood = decay(before.mood, before.at === null ? 0 : now - before.at);
  const recent = before.recent.filter((past) => now - past.at <= HISTORY_MS);
  const rule = ruleFor(event.type, moment);
  const emotion = rule ? ruled(rule, mood, recent) : carried(mood);
  const felt = { at: now, label: emotion.label, valence: emotion.valence };
  return {
    emotion,
    moment,
    feeling: {
      at: now,
      mood: rule ? blend(mood, [emotion.valence, emotion.arousal, emotion.dominance], 0.6) : mood,
      recent: rule ? [...recent, felt].slice(-HISTORY_MAX) : recent,
      streaks: streaksAfter(event, before.streaks),
    },
  };
}

/** How the player feels when nothing new has happened since, at `now` (milliseconds since 1970). */
export const feelingAt = (feeling: Feeling, now: number): Emotion =>
  carried(decay(feeling.mood, feeling.at === null ? 0 : Math.max(0, now - feeling.at)));

function ruled(rule: Rule, mood: Vad, recent: Feeling['recent']): Emotion {
  const intensity = clamp(rule.intensity * momentum(rule, recent) * habituation(rule, recent), 0.05, 1);
  const strength = intensity / Math.max(rule.intensity, 0.05);
  const target = rule.vad.map((part) => clamp(part * strength, -1, 1)) as unknown as Vad;
  const [valence, arousal, dominance] = blend(mood, target, 0.8).map(round) as unknown as Vad;
  return {
    label: rule.feel,
    intensity: round(intensity),
    valence,
    arousal,
    dominance,
    confidence: rule.confidence,
    source: 'rule',
    ruleId: rule.id,
  };
}

function carried(mood: Vad): Emotion {
  const { label, closeness } = nearestLabel(mood);
  const [valence, arousal, dominance] = mood.map(round) as unknown as Vad;
  const distance = Math.hypot(...mood.map((part, axis) => part - BASELINE[axis]!));
  return {
    label,
    intensity: round(clamp(distance, 0, 1)),
    valence,
    arousal,
    dominance,
    confidence: round(0.4 + 0.4 * closeness),
    source: 'carried',
  };
}

/** Luck of the same kind in the last minutes makes a feeling stronger, of the other kind weaker: 0.8 to 1.25. */
function momentum(rule: Rule, recent: Feeling['recent']): number {
  const sign = Math.sign(rule.vad[0]);
  const tide = recent.reduce((sum, past) => sum + past.valence, 0) * sign;
  return clamp(1 + tide * 0.06, 0.8, 1.25);
}

/** The fourth time is not the first: the same feeling again and again wears off, down to 0.6. */
function habituation(rule: Rule, recent: Feeling['recent']): number {
  const again = recent.filter((past) => past.label === rule.feel).length;
  return Math.max(0.6, 1 - 0.05 * Math.max(0, again - 2));
}

function decay(mood: Vad, elapsedMs: number): Vad {
  const kept = 0.5 ** (elapsedMs / MOOD_HALF_LIFE_MS);
  return blend(BASELINE, mood, kept);
}

const blend = (from: Vad, to: Vad, share: number): Vad => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
// Adding zero turns -0, which JSON does not keep, into 0.
const round = (value: number) => Math.round(value * 1000) / 1000 + 0;
