import { z } from 'zod';
import { gestures } from '../../emotion/emotion.js';
import { scenes } from '../../voice/scene.js';
import { lang, persona, sealedText, storedEmotion, storedTemplate, storedUse } from './parts.js';
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
    /** `{player}` in it stands for what the player is called. */
    dialogue: z
      .object({
        text: z.string(),
        lang,
        source: z.enum(['template', 'llm', 'cache']),
        templateId: z.string().optional(),
      })
      .optional(),
    /** What came to mind, and is spoken of in the line. */
    recalled: z.array(storedUse).optional(),
    /** A line is being written for it: `LineWritten` or `LineFailed` follows. The fallback is what is said otherwise. */
    asks: z
      .object({
        scene: z.enum(scenes),
        /** Who is to speak: a persona, and the game's own character that it plays. */
        persona,
        character: z.string().optional(),
        /** What the player is called. */
        name: sealedText.optional(),
        fallback: storedTemplate,
        /** What makes it worth a line of its own. */
        because: z.string().optional(),
        /** Somebody wants to hear the line grow. */
        stream: z.boolean().optional(),
      })
      .optional(),
  }),
);
