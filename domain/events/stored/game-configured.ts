import { z } from 'zod';
import { jsonObject } from './parts.js';
import { storedAs } from './versions.js';

export const gameConfigured = storedAs(
  z.object({ name: z.string().optional(), config: jsonObject.optional() }),
);
