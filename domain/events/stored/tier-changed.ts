import { z } from 'zod';
import { tiers } from './client-registered.js';
import { storedAs } from './versions.js';

export const tierChanged = storedAs(z.object({ tier: z.enum(tiers) }));
