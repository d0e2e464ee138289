import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database.js';
import { dropGivenUp, publish } from '../elsewhere.js';
import { dropGeneration, type Model, readModel, Superseded, takeTurns } from '../models.js';
import { LOCK_MS, patiently } from '../patient.js';
import type { Projection } from '../projection.js';
import { moveTables } from '../tables.js';

/** `catchUp` takes in what the one that is read has and the other has not: a moment's worth. */
export type Switch = { next: Model; catchUp(live: Model): Promise<void> };

/**
 * From one moment to the next the new generation is read. The one before it is kept, the one before that dropped.
 * @throws Superseded, StoreAway when it is switched here, and elsewhere as soon as somebody opens it
 */
export async function switchTo(pool: Pool, projection: Projection, how: Switch): Promise<void> {
  await patiently(() => switchOnce(pool, projection, how));
  await publish(projection, how.next);
  await dropGivenUp(pool, projection);
}

async function switchOnce(pool: Pool, projection: Projection, { next, catchUp }: Switch): Promise<void> {
  const { name } = projection;
  await inTransaction(pool, async (client) => {
    await takeTurns(client, projection);
    await client.query(`set local lock_timeout = ${LOCK_MS}`);
    // Whoever writes the one that is read waits here, and finds afterwards that it has been switched.
    await client.query("select 1 from read_models where name = $1 and stage = 'live' for update", [name]);
    const live = await readModel(client, name, 'live');
    if (live) await catchUp(live);
    const old = await readModel(client, name, 'old');
    if (old) await dropGeneration(client, projection, old);
    if (live) await moveStage(client, live, 'old');
    const found = await readModel(client, name, 'next');
    if (found?.generation !== next.generation) throw new Superseded(`${name} is rebuilt by another process`);
    await moveStage(client, found, 'live');
    await client.query("delete from parked_events where projection = $1 and state <> 'skipped'", [name]);
  });
}

async function moveStage(client: PoolClient, model: Model, to: 'live' | 'old'): Promise<void> {
  const { generation, stage, tables } = model;
  await moveTables(client, tables, { from: stage, to });
  await client.query(
    'update read_models set stage = $2, asked = null, trouble = null, updated_at = now() where generation = $1',
    [generation, to],
  );
}

/** The generation that was read before is given up. False when there is none. */
export async function dropOld(pool: Pool, projection: Projection): Promise<boolean> {
  const dropped = await inTransaction(pool, async (client) => {
    await takeTurns(client, projection);
    const old = await readModel(client, projection.name, 'old');
    if (old) await dropGeneration(client, projection, old);
    return old !== undefined;
  });
  await dropGivenUp(pool, projection);
  return dropped;
}
