import type { PoolClient } from 'pg';
import { inTransaction, type Pool } from '../database.js';
import { checkSame } from './check.js';
import type { Published } from './vectors.js';

export type Collection = { id: number; dimension: number };

/** Players are spread over so many tables, so that none of them grows past what is vacuumed with ease. */
const PARTITIONS = 16;

/** Where the points of a collection are. */
export const pointsOf = ({ id }: { id: number }): string => `vectors.points_${id}`;

export async function createCollection(
  pool: Pool,
  name: string,
  { dimension, model }: { dimension: number; model: string },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    if (await one(client, 'select 1 from vectors.aliases where alias = $1', [name]))
      throw new Error(`${name} is an alias`);
    // Who makes the same one meanwhile waits here, and then finds it.
    const made = await one<{ id: number }>(
      client,
      `insert into vectors.collections (name, dimension, model) values ($1, $2, $3)
       on conflict (name) do nothing returning id`,
      [name, dimension, model],
    );
    if (made) return makeTables(client, made);
    const there = await one<{ dimension: number; model: string }>(
      client,
      'select dimension, model from vectors.collections where name = $1',
      [name],
    );
    checkSame(name, there!, { dimension, model });
  });
}

async function makeTables(client: PoolClient, collection: { id: number }): Promise<void> {
  const table = pointsOf(collection);
  await client.query(`
    create table ${table} (
      player_id text not null,
      id uuid not null,
      version bigint not null,
      vector bytea not null,
      at timestamptz not null,
      importance double precision not null,
      kind text not null,
      game_id text,
      client_id text,
      key text not null,
      mark text not null,
      primary key (player_id, id)
    ) partition by hash (player_id);
    -- Numbers of this kind do not compress; trying to would cost at every read.
    alter table ${table} alter column vector set storage external;
  `);
  for (let nth = 0; nth < PARTITIONS; nth++)
    await client.query(`
      create table ${table}_${nth} partition of ${table} for values with (modulus ${PARTITIONS}, remainder ${nth})
        -- As long as a page takes it, a vector is where its row is: beside it, each costs a search of its own.
        with (toast_tuple_target = 8160)`);
}

/** Held in place until the transaction ends. @throws Error when it is not there. */
export async function holdCollection(client: PoolClient, name: string): Promise<Collection> {
  const found = await one<Collection>(
    client,
    'select id, dimension from vectors.collections where name = $1 for key share',
    [name],
  );
  if (!found) throw noCollection(name);
  return found;
}

export const noCollection = (name: string) => new Error(`there is no collection ${name}`);

export const hasCollection = async (pool: Pool, name: string): Promise<boolean> =>
  (await one(pool, 'select 1 from vectors.collections where name = $1', [name])) !== undefined;

export async function publishCollection(pool: Pool, alias: string, name: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { id } = await holdCollection(client, name);
    if (await one(client, 'select 1 from vectors.collections where name = $1', [alias]))
      throw new Error(`${alias} is a collection`);
    await client.query(
      `insert into vectors.aliases (alias, collection_id) values ($1, $2)
       on conflict (alias) do update set collection_id = excluded.collection_id`,
      [alias, id],
    );
  });
}

export async function publishedCollection(pool: Pool, alias: string): Promise<Published | null> {
  const found = await one<Published>(
    pool,
    `select c.name as collection, c.model, c.dimension
     from vectors.aliases a join vectors.collections c on c.id = a.collection_id where a.alias = $1`,
    [alias],
  );
  return found ?? null;
}

export async function dropCollection(pool: Pool, name: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const gone = await one<{ id: number }>(
      client,
      'delete from vectors.collections where name = $1 returning id',
      [name],
    );
    if (!gone) return;
    await client.query(`drop table ${pointsOf(gone)}`);
    await client.query('delete from vectors.players where collection_id = $1', [gone.id]);
  });
}

async function one<T>(asked: Pool | PoolClient, text: string, values: unknown[]): Promise<T | undefined> {
  return (await asked.query(text, values)).rows[0] as T | undefined;
}
