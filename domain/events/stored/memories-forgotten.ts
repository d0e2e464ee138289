import { z } from 'zod';
import { storedAs } from './versions.js';

/** Memories of this player are gone: nothing of them is left, and they never come to mind again. */
export const memoriesForgotten = storedAs(
  z.object({
    /** What occurrences of one memory share; those that come later are a new memory. */
    keys: z.array(z.string()),
    /** Of every occurrence. */
    memoryIds: z.array(z.string()),
    /** `asked`: the player wanted it. */
    reason: z.enum(['faded', 'asked']),
    at: z.string(),
    /** The message that asked for it. */
    causedBy: z.string().optional(),
  }),
);
