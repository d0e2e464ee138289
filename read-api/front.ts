import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { z } from 'zod';
import type { Caller } from '../domain/access/caller.js';
import { Rejection, reject } from '../domain/kernel/rejection.js';
import { isDatabaseDown } from '../projections/database.js';
import { type Headers, READ_PARTS, type ReadApiParts } from './parts.js';

/** A question as it came in: the parts of an HTTP request that say something. */
export type Asked = { headers: Headers; params: unknown; query: unknown };

const RETRY_AFTER_MS = 1_000;

/** The way of every question: who asks, is it well formed, then the query bus. */
@Injectable()
export class Front {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(READ_PARTS) private readonly parts: ReadApiParts,
  ) {}

  /** `queryOf` makes the query from the caller and what the path and the query string hold together. */
  async answer<S extends z.ZodType>(
    asked: Asked,
    schema: S,
    queryOf: (caller: Caller, terms: z.infer<S>) => object,
  ): Promise<unknown> {
    const caller = await this.parts.authenticate(asked.headers);
    if (caller instanceof Rejection) return caller;
    const terms = schema.safeParse({ ...(asked.query as object), ...(asked.params as object) });
    if (!terms.success) return malformed(terms.error.issues[0]!);
    try {
      return await this.queries.execute(queryOf(caller, terms.data));
    } catch (error) {
      if (!isDatabaseDown(error)) throw error;
      return reject('unavailable', 'the database cannot be reached', { retryAfterMs: RETRY_AFTER_MS });
    }
  }
}

function malformed({ path, message }: z.core.$ZodIssue): Rejection {
  const field = path.join('.');
  return reject('bad_frame', `${field}: ${message}`, { field });
}
