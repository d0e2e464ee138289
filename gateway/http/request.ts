import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { z } from 'zod';
import type { Caller } from '../../domain/access/caller.js';
import { reject } from '../../domain/kernel/rejection.js';
import { Refused } from './problems.js';

type Known = { caller?: Caller };

/** Who asks; set by the guard. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<Known>();
  if (!caller) throw new Error('this route is not guarded');
  return caller;
});

/** The body as the schema says. @throws Refused naming the field that is wrong. */
export function bodyAs<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join('.');
  throw new Refused(reject('bad_frame', `${field || 'body'}: ${issue.message}`, field ? { field } : {}));
}
