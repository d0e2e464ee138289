import { z } from 'zod';
import { storedAs } from './versions.js';

/** A message was found to hurt somebody, and how it is answered. */
export const messageModerated = storedAs(
  z.object({
    messageId: z.string(),
    at: z.string(),
    /** What kind of hurt. */
    kind: z.string(),
    answer: z.enum(['calm']),
  }),
);
