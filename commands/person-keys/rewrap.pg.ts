import type { Pool } from 'pg';
import { type MasterKeys, wrappedByFirst } from './master-keys.js';

/** `stuck`: keys that no master key opens; they stay as they are. */
export type Rewrapped = { keys: number; changed: number; stuck: number };

type Row = { subject: string; wrapped: Buffer };

const BATCH = 500;
/** Whoever still wraps with another key while this runs is overtaken; for ever only by who never stops. */
const PASSES = 5;

/**
 * Afterwards the first master key wraps every person's key. Can be interrupted anywhere and begun again: each is at any moment wrapped by the
 * one key or by the other. The last pass finds nothing to change: it is the proof.
 */
export async function rewrapPersonKeys(
  pool: Pool,
  masters: MasterKeys,
  onProgress: (done: number) => void,
): Promise<Rewrapped> {
  let changed = 0;
  for (let pass = 1; ; pass++) {
    const seen = await rewrapOnce(pool, masters, onProgress);
    changed += seen.changed;
    if (seen.changed === 0) return { ...seen, changed };
    if (pass === PASSES)
      throw new Error(
        'keys of persons go on being wrapped by the previous master key: is an instance without the new one still running?',
      );
  }
}

async function rewrapOnce(
  pool: Pool,
  masters: MasterKeys,
  onProgress: (done: number) => void,
): Promise<Rewrapped> {
  const seen: Rewrapped = { keys: 0, changed: 0, stuck: 0 };
  for (let after = ''; ; ) {
    const { rows } = await pool.query<Row>(
      'select subject, wrapped from person_keys where subject > $1 and wrapped is not null order by subject limit $2',
      [after, BATCH],
    );
    if (rows.length === 0) return seen;
    after = rows.at(-1)!.subject;
    const next = rows.map((row) => ({ ...row, next: orNull(masters, row) }));
    seen.stuck += next.filter((row) => row.next === null).length;
    seen.changed += await replace(pool, next);
    seen.keys += rows.length;
    onProgress(seen.keys);
  }
}

function orNull(masters: MasterKeys, { subject, wrapped }: Row): Buffer | null {
  try {
    return wrappedByFirst(masters, wrapped, subject);
  } catch {
    return null;
  }
}

/** Only what is still as it was read: a person may have been erased meanwhile. */
async function replace(pool: Pool, rows: (Row & { next: Buffer | null })[]): Promise<number> {
  const changed = rows.filter(({ wrapped, next }) => next !== null && next !== wrapped);
  if (changed.length === 0) return 0;
  const { rowCount } = await pool.query(
    `update person_keys as kept set wrapped = given.next
     from unnest($1::text[], $2::bytea[], $3::bytea[]) as given (subject, wrapped, next)
     where kept.subject = given.subject and kept.wrapped = given.wrapped`,
    [
      changed.map(({ subject }) => subject),
      changed.map(({ wrapped }) => wrapped),
      changed.map(({ next }) => next),
    ],
  );
  return rowCount ?? 0;
}
