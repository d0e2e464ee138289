import { isDatabaseDown, isNotMade, type Pool, whyDown } from '../database.js';
import { isoIn } from '../page.js';
import { type ByteLru, byteLru } from './byte-lru.js';
import { checkDimension } from './check.js';
import {
  type Collection,
  createCollection,
  dropCollection,
  hasCollection,
  pointsOf,
  publishCollection,
  publishedCollection,
} from './collections.pg.js';
import { guarded } from './guard.js';
import { bytesOf, emptyPacked, makeRoom, nearest, type Packed, put } from './packed.js';
import { countPoints, digestPoints, removePlayerPoints, removePoints, upsertPoints } from './points.pg.js';
import { readerOfStored } from './stored.js';
import { type Ask, type Hit, type VectorStore, VectorsUnavailable } from './vectors.js';

const CACHE_BYTES = 256 * 2 ** 20;

/** How far a player is: `version` changes with every change, `removed` when something is taken away. */
type Progress = { version: string; removed: string };
/** Of a player in what an alias means; `null`s: there is nothing of the player. */
type State = Collection & (Progress | { version: null; removed: null });
/** Holds everything up to `version`. */
type Held = Progress & { packed: Packed };

export type StoreOptions = { pool: Pool; cacheBytes?: number };

/**
 * The embedded store: rows in Postgres, searched exactly in memory, where the players who were searched last are kept
 * up to `cacheBytes`. Every search first asks Postgres how far its player is, and reads what is newer: so what any
 * process has written is seen at once, and a cache that is wrong is not possible, only one that is behind.
 */
export function vectorsInPostgres({ pool, cacheBytes = CACHE_BYTES }: StoreOptions): VectorStore {
  const reader = { pool, held: byteLru<Held>(cacheBytes) };
  const store: VectorStore = {
    create: (name, of) => createCollection(pool, name, of),
    upsert: (name, points) => upsertPoints(pool, name, points),
    remove: (name, playerId, ids) => removePoints(pool, name, { playerId, ids }),
    count: (name, playerId) => countPoints(pool, name, playerId),
    removePlayer: (name, playerId) => removePlayerPoints(pool, name, playerId),
    search: (alias, ask) =>
      search(reader, alias, ask).catch((error) => {
        // What it read from was dropped a moment ago: by now the alias means something else, or nothing.
        if (isNotMade(error)) return search(reader, alias, ask);
        throw error;
      }),
    publish: (alias, name) => publishCollection(pool, alias, name),
    published: (alias) => publishedCollection(pool, alias),
    drop: (name) => dropCollection(pool, name),
    has: (name) => hasCollection(pool, name),
    digest: (name) => digestPoints(pool, name),
    found: reader.held.found,
    close: async () => {},
  };
  return guarded(store, (error) =>
    isDatabaseDown(error) ? new VectorsUnavailable(whyDown(error), { cause: error }) : error,
  );
}

type Reader = { pool: Pool; held: ByteLru<Held> };

async function search({ pool, held }: Reader, alias: string, ask: Ask): Promise<Hit[]> {
  const state = await stateOf(pool, alias, ask);
  if (!state) return [];
  checkDimension(state.dimension, ask.vector.length);
  const { id, dimension, version, removed } = state;
  if (version === null) return [];
  const key = `${id} ${ask.playerId}`;
  const found = held.get(key);
  if (found?.version === version) return nearest(found.packed, ask);
  const base = found?.removed === removed ? found : { packed: emptyPacked(dimension), version: '0' };
  await readIn(pool, pointsOf(state), { ...base, playerId: ask.playerId });
  // Others may have read into the same memory meanwhile, and further: nothing is lost by reading that once more.
  held.set(key, { packed: base.packed, version, removed }, bytesOf(base.packed));
  return nearest(base.packed, ask);
}

async function stateOf(pool: Pool, alias: string, { playerId, collection }: Ask): Promise<State | undefined> {
  const { rows } = await pool.query<State>({
    name: 'vectors-state',
    text: `
      select c.id, c.dimension, p.version, p.removed
      from vectors.aliases a
      join vectors.collections c on c.id = a.collection_id
      left join vectors.players p on p.collection_id = c.id and p.player_id = $2
      where a.alias = $1 and c.name = coalesce($3, c.name)`,
    values: [alias, playerId, collection],
  });
  return rows[0];
}

type PointRow = [string, string, string, number, string, string | null, string | null, string, string];

/** All that is newer than `version`; vectors as base64, which is read in about half the time of hex. */
async function readIn(
  pool: Pool,
  table: string,
  { packed, version, playerId }: { packed: Packed; version: string; playerId: string },
): Promise<void> {
  const { rows } = await pool.query<PointRow>({
    name: `vectors-read-${table}`,
    text: `
      select id, encode(vector, 'base64'), ${isoIn('at')}, importance, kind, game_id, client_id, key, mark
      from ${table} where player_id = $1 and version > $2`,
    values: [playerId, version],
    rowMode: 'array',
  });
  makeRoom(packed, rows.length);
  const read = readerOfStored(packed.dimension);
  for (const [id, vector, at, importance, kind, gameId, clientId, key, mark] of rows) {
    const payload = { at, importance, kind, gameId, clientId, key, mark };
    put(packed, { id, payload }, read(vector));
  }
}
