import type { PoolClient } from 'pg';
import { inTransaction, type Pool } from '../database.js';
import { checkDimension } from './check.js';
import { type Collection, holdCollection, pointsOf } from './collections.pg.js';
import { DIGEST_DIGITS, digestOf } from './digest.js';
import { storedOf } from './stored.js';
import type { VectorDigest, VectorPoint } from './vectors.js';

const AT_ONCE = 500;

/**
 * Whoever changes a player's points first takes the player's row and gives it the next number. So the changes of one
 * player take turns, and their numbers grow as they are committed: who has read all up to one number need only read
 * what has a greater one. What is taken away has no row to tell of it, so then `removed` changes as well.
 */
export async function upsertPoints(pool: Pool, name: string, points: readonly VectorPoint[]): Promise<void> {
  await inTransaction(pool, async (client) => {
    const collection = await holdCollection(client, name);
    checkDimension(collection.dimension, points[0]!.vector.length);
    const versions = await nextVersions(client, collection, new Set(points.map(({ playerId }) => playerId)));
    for (let from = 0; from < points.length; from += AT_ONCE)
      await write(client, collection, { points: points.slice(from, from + AT_ONCE), versions });
  });
}

/** Always in the same order, so that two who write the same players do not wait for each other. */
async function nextVersions(
  client: PoolClient,
  { id }: Collection,
  players: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const { rows } = await client.query({
    text: `
      insert into vectors.players (collection_id, player_id, version, removed)
      select $1, player_id, nextval('vectors.versions'), nextval('vectors.versions')
      from (select player_id from unnest($2::text[]) as player_id order by player_id collate "C") as given
      on conflict (collection_id, player_id) do update set version = nextval('vectors.versions')
      returning player_id, version`,
    values: [id, [...players]],
    rowMode: 'array',
  });
  return new Map(rows as unknown as [string, string][]);
}

/** All vectors are one value: an array of them would be written as text, twice as long. */
async function write(
  client: PoolClient,
  collection: Collection,
  { points, versions }: { points: VectorPoint[]; versions: Map<string, string> },
): Promise<void> {
  const of = <T>(pick: (point: VectorPoint) => T) => points.map(pick);
  const vectors = of(({ vector }) => storedOf(vector));
  await client.query({
    name: `vectors-upsert-${collection.id}`,
    text: `
      insert into ${pointsOf(collection)}
        (player_id, id, version, at, importance, kind, game_id, client_id, key, mark, vector)
      select player_id, id, version, at, importance, kind, game_id, client_id, key, mark,
        substring($10::bytea from (nth::integer - 1) * $11 + 1 for $11)
      from unnest($1::text[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::float8[], $6::text[], $7::text[],
        $8::text[], $9::text[], $12::text[]) with ordinality
        as given (player_id, id, version, at, importance, kind, game_id, client_id, key, mark, nth)
      on conflict (player_id, id) do update set
        version = excluded.version, vector = excluded.vector, at = excluded.at,
        importance = excluded.importance, kind = excluded.kind, game_id = excluded.game_id,
        client_id = excluded.client_id, key = excluded.key, mark = excluded.mark`,
    values: [
      of(({ playerId }) => playerId),
      of(({ id }) => id),
      of(({ playerId }) => versions.get(playerId)),
      of(({ payload }) => payload.at),
      of(({ payload }) => payload.importance),
      of(({ payload }) => payload.kind),
      of(({ payload }) => payload.gameId),
      of(({ payload }) => payload.clientId),
      of(({ payload }) => payload.key),
      Buffer.concat(vectors),
      vectors[0]!.length,
      of(({ payload }) => payload.mark),
    ],
  });
}

export async function removePoints(
  pool: Pool,
  name: string,
  { playerId, ids }: { playerId: string; ids: readonly string[] },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const collection = await holdCollection(client, name);
    await client.query(
      `update vectors.players set version = nextval('vectors.versions'), removed = nextval('vectors.versions')
       where collection_id = $1 and player_id = $2`,
      [collection.id, playerId],
    );
    await client.query(`delete from ${pointsOf(collection)} where player_id = $1 and id = any ($2::uuid[])`, [
      playerId,
      ids,
    ]);
  });
}

export const countPoints = (pool: Pool, name: string, playerId: string): Promise<number> =>
  inTransaction(pool, async (client) => {
    const collection = await holdCollection(client, name);
    const { rows } = await client.query(
      `select count(*) as points from ${pointsOf(collection)} where player_id = $1`,
      [playerId],
    );
    return Number(rows[0].points);
  });

/** Nothing is left that names the player. */
export async function removePlayerPoints(pool: Pool, name: string, playerId: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const collection = await holdCollection(client, name);
    await client.query('delete from vectors.players where collection_id = $1 and player_id = $2', [
      collection.id,
      playerId,
    ]);
    await client.query(`delete from ${pointsOf(collection)} where player_id = $1`, [playerId]);
  });
}

export const digestPoints = (pool: Pool, name: string): Promise<VectorDigest> =>
  inTransaction(pool, async (client) => {
    const collection = await holdCollection(client, name);
    const { rows } = await client.query(`
      select count(*) as rows, coalesce(sum(('x' || left(encode(
        sha256(convert_to(id || ' ' || mark || ' ' || player_id, 'UTF8')), 'hex'), ${DIGEST_DIGITS}
      ))::bit(${4 * DIGEST_DIGITS})::bigint), 0) as sum
      from ${pointsOf(collection)}`);
    return digestOf(Number(rows[0].rows), BigInt(rows[0].sum));
  });
