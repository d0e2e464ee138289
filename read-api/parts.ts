import type { Pool } from 'pg';
import type { Caller } from '../domain/access/caller.js';
import type { Rejection } from '../domain/kernel/rejection.js';
import type { ProjectionsView } from '../projections/runner.js';

/** Injection token of what the read side is given. */
export const READ_PARTS = 'read-api parts';

export type Headers = Record<string, string | string[] | undefined>;

export type ReadApiParts = {
  pool: Pool;
  projections: ProjectionsView;
  /** Who sends these headers, or why nobody is let in. */
  authenticate(headers: Headers): Promise<Caller | Rejection>;
  /** The text of a person's sealed text; `null` when the key that opens it is gone. */
  openSealed(subject: string, sealed: string): Promise<string | null>;
};
