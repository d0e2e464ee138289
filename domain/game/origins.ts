import { z } from 'zod';

/** What browsers call where a page comes from (RFC 6454): scheme, host and port. */
const origin = z
  .string()
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'must be like https://play.example, without a path');
const schema = z.array(origin).max(50);

/** What is wrong with `config.origins`; nothing when it says none, or all is well. */
export function originsProblem(
  config: Readonly<Record<string, unknown>>,
): { field: string; message: string } | null {
  const parsed = schema.safeParse(config.origins ?? []);
  if (parsed.success) return null;
  const issue = parsed.error.issues[0]!;
  return { field: ['config', 'origins', ...issue.path].join('.'), message: issue.message };
}

/** Whether a page may speak for players of the game. Who is no browser says no origin; a game without the list leaves it open. */
export function mayComeFrom(config: Readonly<Record<string, unknown>>, from: string | undefined): boolean {
  const { origins } = config;
  return from === undefined || !Array.isArray(origins) || origins.includes(from);
}
