import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { z } from 'zod';
import type { Caller } from '../../domain/access/caller.js';
import { whatIsWrong } from '../ws/frames.js';
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
  throw new Refused(whatIsWrong(parsed.error, 'body'));
}
