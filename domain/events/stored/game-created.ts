import { z } from 'zod';
import { jsonObject } from './parts.js';
import { storedAs } from './versions.js';

export const gameCreated = storedAs(z.object({ clientId: z.string(), name: z.string(), config: jsonObject }));
