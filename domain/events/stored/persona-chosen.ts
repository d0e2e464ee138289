import { z } from 'zod';
import { lang, persona, sealedText } from './parts.js';
import { storedAs } from './versions.js';

export const personaChosen = storedAs(
  z.object({
    persona: persona.optional(),
    /** A character of the game's own, whom the persona plays. */
    character: z.string().optional(),
    lang: lang.optional(),
    displayName: sealedText.optional(),
  }),
);
