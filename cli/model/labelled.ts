import { type Deciders, type Feeling, feel, shownOf } from '../../domain/emotion/feel.js';
import { flowAt, moodOf } from '../../domain/emotion/flow.js';
import { happeningOf } from '../../domain/emotion/moment.js';
import type { GameEvent } from '../../domain/events/game-event.js';

/** A moment of which it is known how a person moved. */
export type Labelled = {
  player: string;
  /** Milliseconds since 1970, of the game's time. */
  at: number;
  type: string;
  /** In the order of the list of features, as live. */
  features: readonly number[];
  /** How the rules alone would have moved the arousal. */
  ruled: number;
  /** How the person did, on the axes from -1 to 1 that are known. */
  change: { valence?: number; arousal?: number; dominance?: number };
};

export type Moment = { features: number[]; ruled: number; feeling: Feeling };

/** What a model would be shown of this event, by the very code that shows it live; and the feeling after it. */
export function shown(event: GameEvent, before: Feeling, deciders: Deciders): Moment {
  const { flow } = before;
  const told = Date.parse(event.at);
  const now = flow.at === null ? told : Math.max(told, flow.at);
  const stands = flowAt(flow, now);
  const mood = moodOf(stands);
  const features = shownOf({ happening: happeningOf(event), now, mood, flow: stands, last: flow.at });
  const { emotion, feeling } = feel(event, before, deciders);
  return { features, ruled: emotion.arousal - mood[1], feeling };
}
