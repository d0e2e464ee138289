import { z } from 'zod';
import { jsonObject } from './parts.js';
import { storedAs } from './versions.js';

export const gameEventRecorded = storedAs(
  z.object({
    type: z.string(),
    at: z.string(),
    data: jsonObject,
    context: jsonObject,
  }),
);
