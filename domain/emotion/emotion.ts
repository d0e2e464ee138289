/** What a companion can feel with its player. */
export const emotionLabels = [
  'ecstatic',
  'excited',
  'happy',
  'proud',
  'relieved',
  'hopeful',
  'determined',
  'surprised',
  'calm',
  'bored',
  'tense',
  'disappointed',
  'sad',
  'frustrated',
  'angry',
] as const;

export type EmotionLabel = (typeof emotionLabels)[number];

/** What was felt, and what decided it. */
export type Emotion = {
  label: EmotionLabel;
  /** 0 to 1. */
  intensity: number;
  /** -1 (unpleasant) to 1 (pleasant). */
  valence: number;
  /** -1 (asleep) to 1 (frantic). */
  arousal: number;
  /** -1 (helpless) to 1 (in control). */
  dominance: number;
  /** 0 to 1. */
  confidence: number;
  /** `carried`: no rule spoke for this event; the mood of the last minutes goes on. */
  source: 'rule' | 'model' | 'carried';
  ruleId?: string;
};

/** What the companion's body does. */
export const gestures = [
  'cheer',
  'dance',
  'clap',
  'smile',
  'nod',
  'comfort',
  'encourage',
  'sigh',
  'gasp',
  'wave',
  'think',
  'wait',
] as const;

export type Gesture = (typeof gestures)[number];
