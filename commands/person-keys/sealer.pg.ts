import type { Pool } from 'pg';
import { type MasterKeys, wrappedByFirst } from './master-keys.js';
import { personKeysInPostgres } from './person-keys.pg.js';
import { createSealer, type PersonKeys } from './sealer.js';

/** Seals with the keys of persons that Postgres keeps. */
export const sealerInPostgres = (pool: Pool, masters: MasterKeys) =>
  createSealer(Buffer.from(masters[0]!), openedByAny(personKeysInPostgres(pool), masters));

/** A key that another than the first wrapped is handed on as if the first had. */
const openedByAny = (keys: PersonKeys, masters: MasterKeys): PersonKeys => ({
  ...keys,
  async find(subject) {
    const wrapped = await keys.find(subject);
    return wrapped && wrappedByFirst(masters, wrapped, subject);
  },
  async keep(subject, made) {
    const wrapped = await keys.keep(subject, made);
    return wrapped && wrappedByFirst(masters, wrapped, subject);
  },
});
