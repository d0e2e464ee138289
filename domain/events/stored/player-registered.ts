import { z } from 'zod';
import { lang, persona, sealedText } from './parts.js';
import { storedAs } from './versions.js';

export const playerRegistered = storedAs(
  z.object({
    clientId: z.string(),
    gameId: z.string(),
    externalId: sealedText,
    displayName: sealedText.optional(),
    persona,
    /** A character of the game's own, whom the persona plays. */
    character: z.string().optional(),
    lang,
  }),
);
