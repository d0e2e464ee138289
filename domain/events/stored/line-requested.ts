import { z } from 'zod';
import { scenes } from '../../voice/scene.js';
import { storedTemplate, storedUse } from './parts.js';
import { storedAs } from './versions.js';

/** A line is about to be asked of a model; so much was put aside for it. */
export const lineRequested = storedAs(
  z.object({
    actionId: z.string(),
    scene: z.enum(scenes),
    model: z.string(),
    /** HMAC-SHA-256 of the prompt's SHA-256, by a key of the engine: nobody else finds out a short message by trying. */
    promptHash: z.string(),
    /** What is said when no line comes. */
    fallback: storedTemplate.optional(),
    /** The day (UTC) whose money it is. */
    day: z.string(),
    /** Billionths of a US dollar: it cannot cost more. */
    reserved: z.number(),
    /** Asked in a batch, which nobody waits for. */
    batch: z.boolean().optional(),
    memories: z.array(storedUse).optional(),
    /** Streams of others of whom the prompt tells: what is written is sealed with their keys as well. */
    origins: z.array(z.string()).optional(),
  }),
);
