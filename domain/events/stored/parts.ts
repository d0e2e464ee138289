import { z } from 'zod';
import { emotionLabels } from '../../emotion/emotion.js';
import { languages, personas } from '../../kernel/language.js';

/** Text of a person, encrypted with that person's key before it reaches the log. */
export const sealedText = z.string().startsWith('sealed:').brand<'Sealed'>();
export type Sealed = z.infer<typeof sealedText>;

export const persona = z.enum(personas);
export const lang = z.enum(languages);
export const jsonObject = z.record(z.string(), z.unknown());

export const storedEmotion = z.object({
  label: z.enum(emotionLabels),
  intensity: z.number(),
  valence: z.number(),
  arousal: z.number(),
  dominance: z.number(),
  confidence: z.number(),
  source: z.enum(['rule', 'model', 'carried']),
  ruleId: z.string().optional(),
  model: z.string().optional(),
  features: z.string().optional(),
});
