import type { Pool, PoolClient } from 'pg';
import type { Model } from './models.js';
import type { Elsewhere, Projection } from './projection.js';

/** The store beside Postgres could not do what it was asked, whatever it says: it is asked again later. */
export class StoreAway extends Error {
  override readonly name = 'StoreAway';

  constructor(projection: string, cause: Error) {
    super(`the store of ${projection}: ${cause.message}`, { cause });
  }
}

type Generation = Pick<Model, 'name' | 'generation'>;

/**
 * What a read model has elsewhere, if anything. Never to be waited for in a transaction of Postgres.
 * @throws StoreAway
 */
export async function inStore<T>(
  { elsewhere, name }: Projection,
  work: (store: Elsewhere) => Promise<T>,
): Promise<T | undefined> {
  try {
    return elsewhere && (await work(elsewhere));
  } catch (error) {
    throw new StoreAway(name, error as Error);
  }
}

export async function makeRoom(projection: Projection, { name, generation }: Generation): Promise<void> {
  await inStore(projection, (store) => store.prepare(name, generation));
}

/** What was written there is not there any more: the store began anew. */
export async function isLost(
  projection: Projection,
  { name, generation, events }: Generation & Pick<Model, 'events'>,
): Promise<boolean> {
  return events > 0 && (await inStore(projection, (store) => store.holds(name, generation))) === false;
}

export async function publish(projection: Projection, { name, generation }: Generation): Promise<void> {
  await inStore(projection, (store) => store.publish(name, generation));
}

/** Postgres forgets a generation first: what is built on one that is gone elsewhere would lack its rows. */
export async function giveUp(client: PoolClient, { name, generation }: Generation): Promise<void> {
  await client.query('insert into given_up_generations (name, generation) values ($1, $2)', [
    name,
    generation,
  ]);
}

/** Drops elsewhere what Postgres has forgotten; what a killed process left as well. */
export async function dropGivenUp(pool: Pool, projection: Projection): Promise<void> {
  if (projection.elsewhere === undefined) return;
  const { rows } = await pool.query('select generation from given_up_generations where name = $1', [
    projection.name,
  ]);
  for (const { generation } of rows as Generation[]) {
    await inStore(projection, (store) => store.drop(projection.name, generation));
    await pool.query('delete from given_up_generations where generation = $1', [generation]);
  }
}
