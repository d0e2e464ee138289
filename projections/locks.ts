import { createHash } from 'node:crypto';
import type { Pool } from 'pg';

/**
 * Advisory locks on one connection of their own: who holds a name writes that projection, all others wait.
 * They end with the connection, so a killed engine never keeps one.
 */
export type Locks = {
  /** Takes what is free of these names; true when anything was taken. */
  take(names: readonly string[]): Promise<boolean>;
  held: ReadonlySet<string>;
  /** Aborted when the connection, and with it every lock, is lost. */
  lost: AbortSignal;
  /** Resolves when others can have them. */
  release(): Promise<void>;
};

/** A machine that is gone without a word, or cut off, would keep its locks for hours: the server asks whether it is there. */
const GONE_AFTER_25_S =
  'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';

export async function openLocks(pool: Pool): Promise<Locks> {
  const client = await pool.connect();
  const lost = new AbortController();
  const held = new Set<string>();
  const onEnd = () => lost.abort();
  client.on('error', onEnd);
  client.on('end', onEnd);
  await client.query(GONE_AFTER_25_S);
  return {
    lost: lost.signal,
    held,
    async take(names) {
      const wanted = names.filter((name) => !held.has(name));
      if (wanted.length === 0) return false;
      const { rows } = await client.query(
        `select name from unnest($1::text[], $2::bigint[]) as wanted(name, key) where pg_try_advisory_lock(key)`,
        [wanted, wanted.map(lockKey)],
      );
      for (const row of rows) held.add(row.name);
      return rows.length > 0;
    },
    async release() {
      // They would end with the connection too, but nobody could tell when.
      await client.query('select pg_advisory_unlock_all()').catch(() => {});
      client.release(true);
    },
  };
}

/** 64 bits of the name's hash, as Postgres counts them. */
const lockKey = (name: string): string =>
  createHash('sha256').update(`agl/projection/${name}`).digest().readBigInt64BE(0).toString();
