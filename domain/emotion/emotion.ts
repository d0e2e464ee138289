/** What a companion can feel with its player, and how each is called when it is faint, clear and strong. */
export const shadesOf = {
  ecstatic: ['thrilled', 'ecstatic', 'euphoric'],
  excited: ['stirred', 'excited', 'fired up'],
  happy: ['pleased', 'happy', 'delighted'],
  proud: ['satisfied', 'proud', 'triumphant'],
  relieved: ['eased', 'relieved', 'freed'],
  hopeful: ['open', 'hopeful', 'confident'],
  determined: ['willing', 'determined', 'unstoppable'],
  surprised: ['struck', 'surprised', 'astonished'],
  calm: ['quiet', 'calm', 'serene'],
  bored: ['idle', 'bored', 'listless'],
  tense: ['uneasy', 'tense', 'on edge'],
  disappointed: ['let down', 'disappointed', 'crushed'],
  sad: ['down', 'sad', 'miserable'],
  frustrated: ['annoyed', 'frustrated', 'exasperated'],
  angry: ['irritated', 'angry', 'furious'],
} as const satisfies Record<string, readonly [faint: string, clear: string, strong: string]>;

export type EmotionLabel = keyof typeof shadesOf;

export const emotionLabels = Object.keys(shadesOf) as [EmotionLabel, ...EmotionLabel[]];

/** Where faint ends and strong begins. */
const CLEAR_FROM = 0.35;
const STRONG_FROM = 0.7;

/** The word for this much (0 to 1) of an emotion. */
export function shadeOf({ label, intensity }: Pick<Emotion, 'label' | 'intensity'>): string {
  const [faint, clear, strong] = shadesOf[label];
  if (intensity >= STRONG_FROM) return strong;
  return intensity >= CLEAR_FROM ? clear : faint;
}

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
  /** `carried`: neither a rule nor a model spoke for this event; the mood of the last minutes goes on. */
  source: 'rule' | 'model' | 'carried';
  /** The rule that spoke; beside `model`, one that was not sure enough to decide alone. */
  ruleId?: string;
  /** The version of the model that decided. */
  model?: string;
  /** A hash of the features that the model was shown. */
  features?: string;
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
