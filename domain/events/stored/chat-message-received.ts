import { z } from 'zod';
import { lang, sealedText } from './parts.js';
import { storedAs } from './versions.js';

export const chatMessageReceived = storedAs(
  z.object({ text: sealedText, at: z.string(), lang: lang.optional() }),
);
