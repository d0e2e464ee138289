import { type EmotionLabel, emotionLabels } from './emotion.js';

/** Valence, arousal, dominance, each -1 to 1. */
export type Vad = readonly [valence: number, arousal: number, dominance: number];

/**
 * Where each label stands, after the ordering of Russell and Mehrabian, "Evidence for a three-factor theory
 * of emotions" (1977): their measured means are kept in sign and rank, not to the digit.
 */
// biome-ignore format: a table is read by its columns
export const placeOf: Record<EmotionLabel, Vad> = {
  ecstatic:     [0.95,  0.90,  0.80],
  excited:      [0.75,  0.80,  0.60],
  happy:        [0.70,  0.40,  0.40],
  proud:        [0.70,  0.40,  0.70],
  relieved:     [0.60, -0.10,  0.30],
  hopeful:      [0.45,  0.25,  0.25],
  determined:   [0.30,  0.45,  0.60],
  surprised:    [0.40,  0.75,  0.00],
  calm:         [0.10, -0.10,  0.10],
  bored:        [-0.15, -0.60, 0.00],
  tense:        [-0.40,  0.55, -0.35],
  disappointed: [-0.50, -0.05, -0.25],
  sad:          [-0.65, -0.30, -0.50],
  frustrated:   [-0.70,  0.55, -0.50],
  angry:        [-0.75,  0.80,  0.10],
};

/** The label that stands nearest; `closeness` 1 means exactly there. */
export function nearestLabel(place: Vad): { label: EmotionLabel; closeness: number } {
  let best: EmotionLabel = 'calm';
  let least = Number.POSITIVE_INFINITY;
  for (const label of emotionLabels) {
    const there = placeOf[label];
    const valence = there[0] - place[0];
    // One that is farther on a single axis need not be measured.
    if (Math.abs(valence) > least) continue;
    const distance = Math.hypot(valence, there[1] - place[1], there[2] - place[2]);
    if (distance >= least) continue;
    best = label;
    least = distance;
  }
  return { label: best, closeness: Math.max(0, 1 - least) };
}
