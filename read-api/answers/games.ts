import { z } from 'zod';
import { emotionLabels } from '../../domain/emotion/emotion.js';
import { languages, personas } from '../../domain/kernel/language.js';
import type { BuiltInLine, PersonaView } from '../../domain/voice/cast.js';
import { lineOccasions } from '../../domain/voice/lines/line.js';
import { castMember, character, id, lineCount } from '../../gateway/openapi/parts.js';
import { answerOf } from '../../gateway/openapi/same.js';
import { listOf, pageOf } from './list.js';

export const game = z
  .object({ id, clientId: id, name: z.string(), config: z.unknown().describe('as the game wrote it') })
  .meta({ id: 'Game' });
export type GameView = z.infer<typeof game>;
export const gamesPage = pageOf(game);

const eachLanguage = z.object({ zh: z.string(), en: z.string() });
const persona = answerOf<PersonaView>()(
  z.object({ id: z.enum(personas), name: eachLanguage, voice: eachLanguage, lineCount }),
);
export const personaList = listOf(persona);
export const cast = listOf(castMember);

const line = answerOf<BuiltInLine>()(
  z.object({
    id,
    on: z.enum(lineOccasions),
    text: z.string(),
    feels: z.array(z.enum(emotionLabels)).readonly().optional(),
    lang: z.enum(languages),
  }),
);
export const wholeCharacter = character.extend({
  gameId: id,
  builtInLines: z.array(line).describe('of the persona that it is like'),
});
export type WholeCharacter = z.infer<typeof wholeCharacter>;
