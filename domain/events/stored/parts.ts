import { z } from 'zod';
import { emotionLabels, gestures } from '../../emotion/emotion.js';
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

/** A line of the library, as it is said. */
export const storedTemplate = z.object({
  text: z.string(),
  lang,
  source: z.literal('template'),
  templateId: z.string(),
});

/** The action that a line belongs to, so that the two are told of together. */
export const storedAction = z.object({
  actionId: z.string(),
  causedBy: z.string(),
  at: z.string(),
  emotion: storedEmotion,
  action: z.enum(gestures),
  occasion: z.string(),
});

/** A memory that a line was given, and how well it fitted: 0 to 1. */
export const storedUse = z.object({ memoryId: z.string(), score: z.number() });

/** Tokens as the API counts them. */
export const storedUsage = z.object({
  input: z.number(),
  cacheWrite: z.number(),
  cacheRead: z.number(),
  output: z.number(),
});
