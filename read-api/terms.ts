import { z } from 'zod';
import { memoryKinds } from '../domain/memory/memory.js';
import { instantOf, parseCursor } from '../projections/page.js';
import { dayAfter, daysIn, startOf } from '../projections/scope.js';

/** What a question may say in its path and query string. */

const id = z.string().regex(/^[\w.-]{1,64}$/, 'not an id');
const limit = z
  .string()
  .regex(/^\d{1,9}$/, 'not a whole number')
  .transform(Number)
  .pipe(z.int().min(1).max(500))
  .default(100)
  .meta({ wire: { type: 'integer', minimum: 1, maximum: 500, default: 100 } });

const instantText = z.string().transform((text, context) => {
  const at = instantOf(text);
  if (at) return at;
  context.addIssue({
    code: 'custom',
    message: 'not a time in ISO 8601 with a zone, like 2026-01-31T12:00:00Z',
  });
  return z.NEVER;
});
const instant = instantText.meta({ wire: { type: 'string', format: 'date-time' } });

const cursor = z.string().transform((text, context) => {
  const from = parseCursor(text);
  if (from) return from;
  context.addIssue({
    code: 'custom',
    message: 'neither the `next` of an earlier answer nor a time in ISO 8601',
  });
  return z.NEVER;
});

const listCursor = z
  .string()
  .regex(/^\d{1,15}$/, 'not the `next` of an earlier answer')
  .transform(Number)
  .default(0);

/** A day in UTC; a time stands for the day in which it is. */
const day = z.string().transform((text, context) => {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const found = instantOf(isDay ? startOf(text) : text)?.slice(0, 10);
  if (found !== undefined && (!isDay || found === text)) return found;
  context.addIssue({
    code: 'custom',
    message: 'neither a day like 2026-01-31 nor a time in ISO 8601 with a zone',
  });
  return z.NEVER;
});

export const nothing = z.object({});
export const spanTerms = z.object({ id, from: instant.optional(), to: instant.optional() });
export type SpanTerms = z.infer<typeof spanTerms>;
export const projectionTerms = z.object({ name: id });
export const namedListTerms = z.object({ name: id, from: listCursor, limit });
export const parkedEventTerms = z.object({
  name: id,
  position: z
    .string()
    .regex(/^\d{1,15}$/, 'not a position')
    .transform(Number),
});
export const playerTerms = z.object({ id });
export const actionTerms = z.object({ id, actionId: id });
export const gameTerms = z.object({ gameId: id });
export const characterTerms = z.object({ gameId: id, persona: id });
export const listTerms = z.object({ from: listCursor, limit });
export const gameListTerms = listTerms.extend({ gameId: id });
export const momentTerms = z.object({ id, at: instant.optional() });
/** `at` and `to` both end the list at a time, inclusive; `from` begins or goes on with it. */
export const historyTerms = z.object({
  id,
  from: cursor.optional(),
  at: instant.optional(),
  to: instant.optional(),
  limit,
});

/** `q`: what is looked for, in words; `at`: as it was then. */
export const memoryTerms = z.object({
  id,
  q: z.string().trim().min(1, 'nothing is asked').max(500, 'at most 500 characters').optional(),
  at: instant.optional(),
  kind: z.enum(memoryKinds).optional(),
  from: listCursor,
  limit,
});
/** Days in UTC, both inclusive. */
export const diaryTerms = z.object({ id, from: day.optional(), to: day.optional(), limit });

/** Whose figures, and of which days (UTC, both inclusive): the last thirty when nothing is said. */
export const figureTerms = z
  .object({ gameId: id.optional(), from: day.optional(), to: day.optional() })
  .transform(({ gameId, ...said }, context) => {
    const to = said.to ?? today();
    const from = said.from ?? dayAfter(to, 1 - DAYS);
    const days = daysIn({ from, to });
    const wrong =
      days < 1
        ? `${from} is after \`to\`, ${to}`
        : days > DAYS_MAX
          ? `at most ${DAYS_MAX} days up to \`to\`, ${to}; these are ${days}`
          : null;
    if (wrong === null) return { ...(gameId !== undefined && { gameId }), from, to };
    context.addIssue({ code: 'custom', path: ['from'], message: wrong });
    return z.NEVER;
  });

const DAYS = 30;
const DAYS_MAX = 400;

/** By the clock, in UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10);

export type MemoryTerms = z.infer<typeof memoryTerms>;
export type DiaryTerms = z.infer<typeof diaryTerms>;
export type FigureTerms = z.infer<typeof figureTerms>;
export type ActionTerms = z.infer<typeof actionTerms>;
export type HistoryTerms = z.infer<typeof historyTerms>;
export type ListTerms = z.infer<typeof listTerms>;
