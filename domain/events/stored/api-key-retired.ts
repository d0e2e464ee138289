import { z } from 'zod';
import { storedAs } from './versions.js';

/** The key opens until then, so that who uses it has time to take another. */
export const apiKeyRetired = storedAs(z.object({ keyId: z.string(), endsAt: z.string() }));
