import { z } from 'zod';
import { jsonObject } from './parts.js';
import { storedAs } from './versions.js';

export const gameEventRecorded = storedAs(
  z.object({
    type: z.string(),
    at: z.string(),
    data: jsonObject,
    context: jsonObject,
    /** The mark of the game's settings of feeling that were in force; absent: it had none. */
    settings: z.string().optional(),
  }),
);
