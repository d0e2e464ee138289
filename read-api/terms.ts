import { z } from 'zod';
import { instantOf, parseCursor } from '../projections/page.js';

/** What a question may say in its path and query string. */

const id = z.string().regex(/^[\w.-]{1,64}$/, 'not an id');
const limit = z
  .string()
  .regex(/^\d{1,9}$/, 'not a whole number')
  .transform(Number)
  .pipe(z.int().min(1).max(500))
  .default(100);

const instant = z.string().transform((text, context) => {
  const at = instantOf(text);
  if (at) return at;
  context.addIssue({
    code: 'custom',
    message: 'not a time in ISO 8601 with a zone, like 2026-01-31T12:00:00Z',
  });
  return z.NEVER;
});

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

export const nothing = z.object({});
export const playerTerms = z.object({ id });
export const gameTerms = z.object({ gameId: id });
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

export type HistoryTerms = z.infer<typeof historyTerms>;
export type ListTerms = z.infer<typeof listTerms>;
