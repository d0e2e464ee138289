import type { Vad } from './space.js';

/** Where a player is expected to move on one axis (valence, arousal or dominance). */
export type Move = {
  /** Change on the axis that runs from -1 to 1. */
  change: number;
  /** 0 to 1: how likely it goes this way. */
  confidence: number;
};

export type Moves = { valence?: Move; arousal?: Move; dominance?: Move };

/** What was learned from people: features in, where they moved out. */
export type EmotionModel = {
  version: string;
  /** The mark of the list of features that it was trained on. */
  features: string;
  /** Only of the axes it was trained for. The same vector gives the same moves. */
  predict(vector: readonly number[]): Moves;
};

export const axes = ['valence', 'arousal', 'dominance'] as const;

/** A place, moved as the model says; `null` when it has nothing to say. */
export function movedBy(moves: Moves, from: Vad, otherwise: Vad): { place: Vad; confidence: number } | null {
  let confidence = 1;
  let spoke = false;
  const place = axes.map((axis, at) => {
    const move = moves[axis];
    if (!move || !Number.isFinite(move.change) || !Number.isFinite(move.confidence)) return otherwise[at]!;
    spoke = true;
    confidence = Math.min(confidence, move.confidence);
    return Math.min(1, Math.max(-1, from[at]! + move.change));
  }) as unknown as Vad;
  return spoke ? { place, confidence } : null;
}
