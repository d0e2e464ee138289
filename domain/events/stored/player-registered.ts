import { z } from 'zod';
import { lang, persona, sealedText } from './parts.js';
import { storedAs } from './versions.js';

export const playerRegistered = storedAs(
  z.object({
    clientId: z.string(),
    gameId: z.string(),
    externalId: sealedText,
    /** The same for the same person in every game of the client: a keyed hash of both their names. */
    person: z.string().optional(),
    displayName: sealedText.optional(),
    persona,
    /** A character of the game's own, whom the persona plays. */
    character: z.string().optional(),
    lang,
  }),
);
