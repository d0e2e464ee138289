import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Caller } from '../domain/access/caller.js';
import { parsePosition } from '../domain/kernel/position.js';
import { Rejection, reject } from '../domain/kernel/rejection.js';
import { isDatabaseDown, isNotMade, whyDown } from '../projections/database.js';
import { type Headers, type QuestionParts, READ_PARTS } from './parts.js';

/** A question as it came in: the parts of an HTTP request that say something. `caller` is set once it is known. */
export type Asked = { headers: Headers; params: unknown; query: unknown; caller?: Caller };

const RETRY_AFTER_MS = 1_000;

/** How long one waits at most who asks for what is not there yet with `?after=`. */
const AFTER_MS = 5_000;

export const position = z.object({
  after: z
    .string()
    .transform((text, context) => {
      const found = parsePosition(text);
      if (found) return found.position;
      context.addIssue({ code: 'custom', message: 'not a position that an answer of this engine has told' });
      return z.NEVER;
    })
    .optional()
    .describe('a position: the answer knows of everything up to there'),
});

/** A question may say which read models its answer comes from; else it is all of them. */
export type Question = { readonly reads?: readonly string[] };

/** The way of every question: who asks, is it well formed, is it time, then the bus. */
@Injectable()
export class Front {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(READ_PARTS) private readonly parts: QuestionParts,
  ) {}

  /**
   * `queryOf` makes the query from the caller and what the path and the query string hold together. With `?after=` and
   * a position, the answer knows of everything up to there, or it is `unavailable` for now.
   */
  answer<S extends z.ZodType>(
    asked: Asked,
    schema: S,
    queryOf: (caller: Caller, terms: z.infer<S>) => object,
  ): Promise<unknown> {
    return this.received(asked, schema, async (caller, terms) => {
      const query = queryOf(caller, terms);
      const late = await this.waited(asked, (query as Question).reads);
      return late ?? this.queries.execute(query);
    });
  }

  /** The same for what an operator wants done. */
  carryOut<S extends z.ZodType>(
    asked: Asked,
    schema: S,
    commandOf: (caller: Caller, terms: z.infer<S>) => object,
  ): Promise<unknown> {
    return this.received(asked, schema, (caller, terms) => this.commands.execute(commandOf(caller, terms)));
  }

  private async received<S extends z.ZodType>(
    asked: Asked,
    schema: S,
    act: (caller: Caller, terms: z.infer<S>) => Promise<unknown>,
  ): Promise<unknown> {
    const caller = await this.parts.authenticate(asked.headers);
    if (caller instanceof Rejection) return caller;
    // Who counts what clients ask looks for it there, as the gateway's guard leaves it.
    asked.caller = caller;
    const terms = schema.safeParse({ ...(asked.query as object), ...(asked.params as object) });
    if (!terms.success) return malformed(terms.error.issues[0]!);
    try {
      return await act(caller, terms.data);
    } catch (error) {
      const why = whyNotNow(error);
      if (why === null) throw error;
      return reject('unavailable', why, { retryAfterMs: RETRY_AFTER_MS });
    }
  }

  private async waited({ query }: Asked, reads?: readonly string[]): Promise<Rejection | null> {
    const terms = position.safeParse(query ?? {});
    if (!terms.success) return malformed(terms.error.issues[0]!);
    const { after } = terms.data;
    if (after === undefined || (await this.parts.fresh.caughtUp(after, AFTER_MS, reads))) return null;
    return reject('unavailable', 'what is asked for has not got to that position yet', {
      retryAfterMs: RETRY_AFTER_MS,
    });
  }
}

function whyNotNow(error: unknown): string | null {
  if (isDatabaseDown(error)) return whyDown(error);
  return isNotMade(error) ? 'the read models are not made yet' : null;
}

function malformed({ path, message }: z.core.$ZodIssue): Rejection {
  const field = path.join('.');
  return reject('bad_frame', `${field}: ${message}`, { field });
}
