import { z } from 'zod';
import { scenes } from '../../voice/scene.js';
import { storedAction, storedTemplate, storedUsage } from './parts.js';
import { storedAs } from './versions.js';

/** No line was written, or none that may be said: the template stands in. */
export const lineFailed = storedAs(
  storedAction.extend({
    scene: z.enum(scenes),
    dialogue: storedTemplate.optional(),
    /** Why: of the closed list of `domain/voice/outcome.ts`. */
    reason: z.string(),
    promptHash: z.string().optional(),
    model: z.string().optional(),
    usage: storedUsage.optional(),
    /** Billionths of a US dollar: what was written and may not be said costs all the same. */
    cost: z.number(),
    latencyMs: z.number(),
    batch: z.boolean().optional(),
  }),
);
