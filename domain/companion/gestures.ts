import type { EmotionLabel, Gesture } from '../emotion/emotion.js';

/** What the body does with a feeling. Several: the cause decides which, always the same for the same cause. */
const gesturesOf: Record<EmotionLabel, readonly Gesture[]> = {
  ecstatic: ['cheer', 'dance'],
  excited: ['cheer', 'clap'],
  happy: ['smile', 'clap'],
  proud: ['clap', 'nod'],
  relieved: ['sigh', 'smile'],
  hopeful: ['encourage', 'smile'],
  determined: ['nod', 'encourage'],
  surprised: ['gasp'],
  calm: ['nod', 'smile'],
  bored: ['wait'],
  tense: ['gasp', 'encourage'],
  disappointed: ['comfort', 'sigh'],
  sad: ['comfort'],
  frustrated: ['comfort', 'encourage'],
  angry: ['comfort', 'sigh'],
};

export function gestureFor(label: EmotionLabel, seed: number, occasion: string): Gesture {
  if (occasion === 'session_start' || occasion === 'session_end') return 'wave';
  if (occasion === 'chat') return 'think';
  if (occasion === 'chat_forget') return 'nod';
  const choices = gesturesOf[label];
  return choices[seed % choices.length]!;
}
