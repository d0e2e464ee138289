import { z } from 'zod';
import { sealedText } from './parts.js';
import { storedAs } from './versions.js';

export const tiers = ['free', 'standard', 'pro'] as const;

export const clientRegistered = storedAs(
  z.object({
    name: sealedText,
    email: sealedText,
    /** scrypt, in the form `scrypt:N:r:p:salt:hash`. */
    password: z.string(),
    tier: z.enum(tiers),
  }),
);
