import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database.js';
import { dropGivenUp, publish } from '../elsewhere.js';
import { dropGeneration, type Model, readModel, Superseded, takeTurns } from '../models.js';
import { LOCK_MS, patiently } from '../patient.js';
import type { Projection } from '../projection.js';
import { moveTables } from '../tables.js';

/** `catchUp` takes in what the one that is read has and the other has not: a moment's worth. */
export type Switch = { projection: Projection; next: Model; catchUp(live: Model): Promise<void> };

/**
 * From one moment to the next the new generations of all these are read, or, where it throws, of none. Those before
 * them are kept, those before that dropped.
 * @throws Superseded, StoreAway when they are switched here, and elsewhere as soon as somebody opens them
 */
export async function switchTo(pool: Pool, switches: readonly Switch[]): Promise<void> {
  await patiently(() => switchOnce(pool, switches));
  for (const { projection, next } of switches) await publish(projection, next);
  for (const { projection } of switches) await dropGivenUp(pool, projection);
}

async function switchOnce(pool: Pool, switches: readonly Switch[]): Promise<void> {
  // Whoever switches some of them takes turns in the same order.
  const inOrder = [...switches].sort((a, b) => (a.projection.name < b.projection.name ? -1 : 1));
  await inTransaction(pool, async (client) => {
    for (const { projection } of inOrder) await takeTurns(client, projection);
    await client.query(`set local lock_timeout = ${LOCK_MS}`);
    // Whoever writes the ones that are read waits here, and finds afterwards that they have been switched.
    await client.query(
      "select 1 from read_models where name = any($1) and stage = 'live' order by name for update",
      [inOrder.map(({ projection }) => projection.name)],
    );
    for (const one of inOrder) await switchIn(client, one);
  });
}

async function switchIn(client: PoolClient, { projection, next, catchUp }: Switch): Promise<void> {
  const { name } = projection;
  const live = await readModel(client, name, 'live');
  if (live) await catchUp(live);
  const old = await readModel(client, name, 'old');
  if (old) await dropGeneration(client, projection, old);
  if (live) await moveStage(client, live, 'old');
  const found = await readModel(client, name, 'next');
  if (found?.generation !== next.generation) throw new Superseded(`${name} is rebuilt by another process`);
  await moveStage(client, found, 'live');
  await client.query("delete from parked_events where projection = $1 and state <> 'skipped'", [name]);
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
