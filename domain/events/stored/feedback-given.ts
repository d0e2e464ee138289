import { z } from 'zod';
import { storedAs } from './versions.js';

export const feedbackGiven = storedAs(
  z.object({
    actionId: z.string(),
    reaction: z.enum(['like', 'dislike', 'mute']),
    felt: z.string().optional(),
  }),
);
