import { z } from 'zod';
import { storedAs } from './versions.js';

export const apiKeyRevoked = storedAs(z.object({ keyId: z.string() }));
