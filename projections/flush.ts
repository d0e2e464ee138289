import type { Pool, PoolClient } from 'pg';
import { Superseded } from './checkpoints.js';
import { inTransaction, RELAXED } from './database.js';
import type { Track } from './track.js';

/**
 * Writes down how far those have got that nothing concerned for a while: others ask the database how far a
 * read model is, and a restart need not read again what was none of its business.
 * @throws Superseded
 */
export async function flush(tracks: readonly Track[], pool: Pool): Promise<void> {
  const ahead = tracks.filter((track) => track.position > track.stored.position);
  if (ahead.length === 0) return;
  const values = [
    ahead.map((track) => track.projection.name),
    ahead.map((track) => track.stored.position),
    ahead.map((track) => track.position),
    ahead.map((track) => track.stored.parked),
  ];
  const moveAll = async (client: PoolClient) => {
    const { rowCount } = await client.query(
      `update checkpoints c set position = moved.goes, parked = moved.parked, updated_at = now()
        from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) as moved(name, stood, goes, parked)
        where c.projection = moved.name and c.position = moved.stood`,
      values,
    );
    if (rowCount !== ahead.length) throw new Superseded('a checkpoint was moved by another engine');
  };
  await inTransaction(pool, moveAll, RELAXED);
  for (const track of ahead) track.stored = { ...track.stored, position: track.position };
}
