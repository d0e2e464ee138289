import { z } from 'zod';
import { emotionLabels } from '../../emotion/emotion.js';
import { lineOccasions } from '../../voice/lines/line.js';
import { lang, persona } from './parts.js';
import { older, storedAs } from './versions.js';

const line = z.object({
  id: z.string(),
  lang,
  on: z.enum(lineOccasions),
  text: z.string(),
  feels: z.array(z.enum(emotionLabels)).optional(),
});

const shape = z.object({
  character: z.string(),
  /** Whose lines it speaks where it has none of its own. */
  like: persona,
  name: z.string().optional(),
  /** How it speaks, for whoever writes its lines. */
  voice: z.string().optional(),
  lines: z.array(line),
});

/** Nobody could ask yet that something be forgotten. */
const first = shape.extend({
  lines: z.array(line.extend({ on: z.enum(lineOccasions).exclude(['chat_forget']) })),
});

/** A game says who a companion of its is: one of its own, or how it wants one of the built-in personas. */
export const characterWritten = storedAs(
  shape,
  older(first, (data) => data),
);
