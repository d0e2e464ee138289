import { z } from 'zod';
import { storedAs } from './versions.js';

export const apiKeyIssued = storedAs(z.object({ keyId: z.string(), sha256: z.string() }));
