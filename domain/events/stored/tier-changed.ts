import { z } from 'zod';
import { tiers } from './client-registered.js';
import { storedAs } from './versions.js';

/** `quota`: events a month, where it was agreed otherwise than the tier says. */
export const tierChanged = storedAs(z.object({ tier: z.enum(tiers), quota: z.number().optional() }));
