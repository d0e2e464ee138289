import type { Pool } from 'pg';
import type { PersonKeys } from './sealer.js';

/** Person keys in Postgres: the one place they are, so that destroying one destroys it everywhere. */
export const personKeysInPostgres = (pool: Pool): PersonKeys => ({
  async find(subject) {
    const { rows } = await pool.query<{ wrapped: Buffer }>(
      'select wrapped from person_keys where subject = $1',
      [subject],
    );
    return rows[0]?.wrapped ?? null;
  },
  async keep(subject, wrapped) {
    const { rows } = await pool.query<{ wrapped: Buffer }>(
      `insert into person_keys (subject, wrapped) values ($1, $2)
       on conflict (subject) do update set subject = excluded.subject returning wrapped`,
      [subject, wrapped],
    );
    return rows[0]!.wrapped;
  },
});
