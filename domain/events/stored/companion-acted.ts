import { z } from 'zod';
import { gestures } from '../../emotion/emotion.js';
import { lang, storedEmotion } from './parts.js';
import { storedAs } from './versions.js';

export const companionActed = storedAs(
  z.object({
    actionId: z.string(),
    causedBy: z.string(),
    /** The game time of the cause. */
    at: z.string(),
    emotion: storedEmotion,
    action: z.enum(gestures),
    occasion: z.string(),
    dialogue: z
      .object({
        text: z.string(),
        lang,
        source: z.enum(['template', 'llm', 'cache']),
        templateId: z.string().optional(),
      })
      .optional(),
  }),
);
