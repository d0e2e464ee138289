import { z } from 'zod';
import { emotionLabels } from '../../domain/emotion/emotion.js';
import type { Feeling } from '../../domain/emotion/feel.js';
import { patterns } from '../../domain/emotion/findings.js';

/** What a feeling is in a snapshot: one that is not of this shape is no snapshot. */

const time = z.number().nullable();
const vad = z.tuple([z.number(), z.number(), z.number()]);

const course = z.strictObject({
  streaks: z.strictObject({
    deaths: z.number(),
    kills: z.number(),
    defeats: z.number(),
    victories: z.number(),
  }),
  match: z.strictObject({ kills: z.number(), deaths: z.number(), assists: z.number() }),
  matches: z.number(),
  sessionAt: time,
  matchAt: time,
  killAt: time,
  deathAt: time,
  pace: z.strictObject({ events: z.number(), kills: z.number(), deaths: z.number(), damage: z.number() }),
  paceAt: z.number(),
  gap: time,
  tone: z.strictObject({ at: z.number(), valence: z.number() }).nullable(),
  seen: z.array(z.string()),
});

const flow = z.strictObject({
  at: time,
  baseline: vad,
  carried: z.partialRecord(z.enum(emotionLabels), vad),
  recent: z.array(z.tuple([z.number(), z.enum(emotionLabels), z.number()])),
  course,
  open: z.partialRecord(z.enum(patterns), z.number()),
});

const happening = z.strictObject({
  id: z.string(),
  type: z.string(),
  killCount: z.number().optional(),
  mvp: z.literal(true).optional(),
  personalRecord: z.literal(true).optional(),
  headshot: z.literal(true).optional(),
  rarity: z.string().optional(),
  damage: z.number().optional(),
  gap: z.number().optional(),
});

export const feelingShape = z.strictObject({
  flow,
  before: flow,
  instant: z.array(happening),
}) satisfies z.ZodType<Feeling>;
