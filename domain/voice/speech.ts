import type { Language } from '../kernel/language.js';
import { type Mouth, mouthOf } from './mouth.js';
import { type Heard, prosodyOf, ssmlOf } from './ssml.js';

/** What a voice needs to speak a line, and a face to move with it. */
export type Speech = { ssml: string } & Mouth;

export function speechOf(text: string, lang: Language, emotion: Heard): Speech {
  const prosody = prosodyOf(emotion);
  return { ssml: ssmlOf(text, lang, prosody), ...mouthOf(text, prosody.rate) };
}

/** A line as it was said, and with which feeling. */
export type SaidLine = { text: string; lang: Language; emotion: Heard };

/** Whether there is anything in it that a voice can say. */
export const isSpeakable = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
