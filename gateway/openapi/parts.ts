import { z } from 'zod';
import { characterWritten } from '../../domain/events/stored/character-written.js';
import { storedEmotion, storedUse } from '../../domain/events/stored/parts.js';
import { personas } from '../../domain/kernel/language.js';
import type { CastMember, CharacterView } from '../../domain/voice/cast.js';
import { answerOf } from './same.js';

/** What of the domain more than one answer holds. */

export const id = z.string();
/** ISO 8601, in UTC. */
export const time = z.string().meta({ wire: { type: 'string', format: 'date-time' } });
/** Opaque: the log's order, which the engine alone reads. */
export const position = z.string().describe('opaque; `?after=` on a question waits for it');

export const emotion = z.object(storedEmotion.shape).meta({ id: 'Emotion' });
export const recalledUse = z.object(storedUse.shape).meta({ id: 'RecalledMemory' });

export const lineCount = z.object({ zh: z.int(), en: z.int() });

export const castMember = answerOf<CastMember>()(
  z
    .object({
      id,
      builtIn: z.boolean(),
      like: z.enum(personas).describe('who plays it; a built-in persona plays itself'),
      name: z.string().optional(),
      voice: z.string().optional(),
      lineCount: lineCount.describe('lines that the game has written for it'),
    })
    .meta({ id: 'CastMember' }),
);

export const character = answerOf<CharacterView>()(
  castMember.extend({ lines: characterWritten.shape.shape.lines }).meta({ id: 'Character' }),
);
