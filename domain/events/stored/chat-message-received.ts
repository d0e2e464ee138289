import { z } from 'zod';
import { lang, sealedText } from './parts.js';
import { storedAs } from './versions.js';

export const chatMessageReceived = storedAs(
  z.object({
    text: sealedText,
    at: z.string(),
    lang: lang.optional(),
    /** Whoever wrote it wants to hear the answer grow. */
    stream: z.boolean().optional(),
    /** Taken from the text before it was sealed: nobody who follows the log can read that. */
    tone: z
      .object({
        /** -1 (unpleasant) to 1 (pleasant). */
        valence: z.number(),
        /** -1 (quiet) to 1 (loud). */
        arousal: z.number(),
        /** The kind of abuse, or of distress, that was recognised. */
        abuse: z.string().optional(),
      })
      .optional(),
    /** Something of the player's own is told, which is worth keeping. Taken from the text like the tone. */
    tells: z.boolean().optional(),
    /** What the player wants of the companion's memory. */
    wishes: z.enum(['forget']).optional(),
  }),
);
