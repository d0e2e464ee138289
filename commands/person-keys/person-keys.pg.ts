import type { Pool } from 'pg';
import { KeysUnavailable, type PersonKeys } from './sealer.js';

/** Person keys in Postgres: the one place they are, so that destroying one destroys it everywhere. */
export const personKeysInPostgres = (pool: Pool): PersonKeys => ({
  async find(subject) {
    const { rows } = await pool
      .query<{ wrapped: Buffer | null }>('select wrapped from person_keys where subject = $1', [subject])
      .catch(unavailable);
    return rows[0]?.wrapped ?? null;
  },
  async keep(subject, wrapped) {
    const { rows } = await pool
      .query<{ wrapped: Buffer | null }>(
        `insert into person_keys (subject, wrapped) values ($1, $2)
         on conflict (subject) do update set subject = excluded.subject returning wrapped`,
        [subject, wrapped],
      )
      .catch(unavailable);
    return rows[0]!.wrapped;
  },
  async destroy(subject) {
    const { rows } = await pool
      .query<{ had: boolean }>(
        `with had as (select from person_keys where subject = $1 and wrapped is not null)
         insert into person_keys as known (subject, erased_at) values ($1, now())
         on conflict (subject) do update set wrapped = null, erased_at = coalesce(known.erased_at, now())
         returning exists (select from had) as had`,
        [subject],
      )
      .catch(unavailable);
    return rows[0]!.had;
  },
});

/** SQLSTATE classes of a server that cannot answer: connection, resources, operator intervention, system. */
const NOT_NOW = /^(08|53|57|58)/;

/** An error that is not the server's own is one of the way to it. */
function unavailable(error: Error & { code?: string; severity?: string }): never {
  if (error.severity !== undefined && !NOT_NOW.test(error.code ?? '')) throw error;
  throw new KeysUnavailable('the keys of persons cannot be had', { cause: error });
}
