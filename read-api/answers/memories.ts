import { z } from 'zod';
import { emotionLabels } from '../../domain/emotion/emotion.js';
import { languages } from '../../domain/kernel/language.js';
import {
  type ImportanceParts,
  type MemoryFacts,
  memoryKinds,
  type Remembered,
} from '../../domain/memory/memory.js';
import type { Recalled } from '../../domain/memory/recall.js';
import { id, time } from '../../gateway/openapi/parts.js';
import { answerOf } from '../../gateway/openapi/same.js';
import { day, pageOf, share } from './list.js';

/** The same for each of these. */
const each = <N extends string, S>(names: readonly N[], schema: S) =>
  Object.fromEntries(names.map((name) => [name, schema])) as { [K in N]: S };
const texts = <N extends string>(...names: N[]) => each(names, z.string().optional());
const numbers = <N extends string>(...names: N[]) => each(names, z.number().optional());

const facts = answerOf<MemoryFacts>()(
  z
    .object({
      what: z.string(),
      ...texts('hero', 'map', 'weapon', 'mode', 'rival', 'name', 'rarity', 'matchId'),
      ...numbers('killCount', 'deathCount', 'assistCount', 'level', 'matches', 'victories', 'defeats'),
      mvp: z.literal(true).optional(),
      result: z.enum(['victory', 'defeat']).optional(),
    })
    .meta({ id: 'MemoryFacts' }),
);

const parts = answerOf<ImportanceParts>()(
  z.object(numbers('base', 'achievement', 'personalRecord', 'firstOccurrence', 'intensity', 'told')),
);

/** What is told, in the player's language; `sealed` or `erased`: without the player's own words, and why. */
export const said = z.object({
  text: z.string(),
  sealed: z.literal(true).optional(),
  erased: z.literal(true).optional(),
});
export type Said = z.infer<typeof said>;

const felt = answerOf<Remembered['felt']>()(z.object({ label: z.enum(emotionLabels), intensity: share }));

/** What is told of a memory and of an entry of the diary. */
const kept = said.extend({
  id,
  at: time,
  kind: z.enum(memoryKinds),
  importance: share,
  parts: parts.describe('the addends of the importance'),
  felt,
  because: z.array(z.string()).describe('why it is kept'),
});

export const memory = kept.extend({
  gameId: id.describe('where it was lived: another game of the client, where both share what is remembered'),
  facts,
  lang: z.enum(languages),
  sources: z.array(id).readonly(),
  count: z.int(),
  firstAt: time,
  lastAt: time,
  recalledAt: time.nullable(),
  strength: share.describe('what is left of its importance at the asked moment'),
});
export type MemoryItem = z.infer<typeof memory>;

const scored = answerOf<Recalled['parts']>()(
  z.object({ relevance: z.number(), importance: z.number(), recency: z.number(), boost: z.number() }),
);
/** Beside a memory that was looked for. */
const found = {
  score: share.optional(),
  shares: z.array(z.string()).readonly().optional(),
  scored: scored.optional(),
};
export const memories = pageOf(memory.extend(found).meta({ id: 'Memory' }));
export type Memories = z.infer<typeof memories>;

const entry = kept.meta({ id: 'DiaryEntry' });
export type DiaryEntry = z.infer<typeof entry>;
export const diary = pageOf(z.object({ day, entries: z.array(entry) }));
export type Diary = z.infer<typeof diary>;
