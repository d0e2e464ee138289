import type { Pool } from 'pg';
import { type EventLog, START } from '../eventstore/log.js';
import { inTransaction } from './database.js';

/**
 * Where the log ends before what has been taken in of it, it is one of before that was put back: what it tells from now
 * on would be passed over, an erasure as well, until it is as long as the other was. So whoever follows it is taken back
 * to its end. Rows of what it does not tell any more stay until they are built anew. Returns who was farther.
 */
export async function backToEndOf(log: Pick<EventLog, 'head'>, pool: Pool): Promise<string[]> {
  const { rows } = await pool.query(
    'select max(position) as farthest from (select position from read_models union all select position from kept_insights) as known',
  );
  // Asked after that: another instance may be taking in what is told just now.
  const head = await log.head();
  // From the start on everything would be counted twice; who is there already has nothing to lose.
  if (head === START || Number(rows[0].farthest ?? START) <= head) return [];
  return inTransaction(pool, async (client) => {
    // No program has this mark: what was being built is begun anew.
    const { rows: models } = await client.query(
      `update read_models set position = $1, code = case stage when 'next' then '' else code end
        where position > $1 returning name`,
      [head],
    );
    const { rows: insights } = await client.query(
      'update kept_insights set position = $1 where position > $1 returning name',
      [head],
    );
    await client.query('delete from parked_events where position > $1', [head]);
    return [...new Set([...models, ...insights].map(({ name }) => String(name)))];
  });
}
