import { z } from 'zod';
import { tones } from '../../voice/prompt.js';
import { scenes } from '../../voice/scene.js';
import { lang, sealedText, storedAction, storedUsage, storedUse } from './parts.js';
import { storedAs } from './versions.js';

/** A line was written, by a model or from the cache, and is said. */
export const lineWritten = storedAs(
  storedAction.extend({
    scene: z.enum(scenes),
    /** It may quote the player: sealed like everything that a person wrote. */
    dialogue: z.object({ text: sealedText, lang, source: z.enum(['llm', 'cache']) }),
    /** What came to mind, and was given to whoever wrote it. */
    recalled: z.array(storedUse).optional(),
    tone: z.enum(tones),
    promptHash: z.string(),
    model: z.string(),
    usage: storedUsage,
    /** Billionths of a US dollar. */
    cost: z.number(),
    latencyMs: z.number(),
    batch: z.boolean().optional(),
  }),
);
