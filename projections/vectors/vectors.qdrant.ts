import type { QdrantClient, Schemas } from '@qdrant/js-client-rest';
import { derivedId } from '../../domain/kernel/ids.js';
import {
  checkDone,
  readAliases,
  readCount,
  readHits,
  readInfo,
  readNames,
  readPage,
} from './answers.qdrant.js';
import { checkSame } from './check.js';
import { clientOf, isMissing, isThere, type QdrantSettings, wordOf } from './client.qdrant.js';
import { digesting } from './digest.js';
import { guarded } from './guard.js';
import { indexes, layoutOf, searchParams } from './layout.qdrant.js';
import type { Ask, Published, VectorPoint, VectorStore } from './vectors.js';

export type QdrantOptions = QdrantSettings & { searchMs?: number; writeMs?: number };

/** Who waits for an answer can do without; who writes need not give up so soon. */
const SEARCH_MS = 2_000;
const WRITE_MS = 30_000;
/** Points in one request: some 8 MB at 1,536 dimensions, of the 32 MB that Qdrant takes. */
const AT_ONCE = 256;
const PAGE = 1_000;

/** Points in a Qdrant of 1.16 or newer. */
export function vectorsInQdrant({
  searchMs = SEARCH_MS,
  writeMs = WRITE_MS,
  ...settings
}: QdrantOptions): VectorStore {
  const [quick, patient] = [clientOf(settings, searchMs), clientOf(settings, writeMs)];
  const store: VectorStore = {
    create: (name, of) => create(patient, name, of),
    upsert: (name, points) => upsert(patient, name, points),
    async remove(name, playerId, ids) {
      const has_id = ids.map((id) => pointId(playerId, id));
      const filter = { must: [isOf(playerId), { has_id }] };
      checkDone(await patient.delete(name, { wait: true, filter }));
    },
    async count(name, playerId) {
      return readCount(await patient.count(name, { exact: true, filter: { must: [isOf(playerId)] } }));
    },
    async removePlayer(name, playerId) {
      checkDone(await patient.delete(name, { wait: true, filter: { must: [isOf(playerId)] } }));
    },
    search: (alias, ask) => search(quick, alias, ask),
    publish: (alias, name) => publish(patient, alias, name),
    published: (alias) => published(quick, alias),
    // Its aliases go with it.
    drop: async (name) => void (await patient.deleteCollection(name)),
    has: async (name) => (await infoOf(patient, name)) !== null,
    digest: (name) => digest(patient, name),
    close: async () => {},
  };
  return guarded(store, wordOf);
}

/** Ids are Qdrant's for all players together: the same id of another player is another point. */
const pointId = (playerId: string, id: string): string => derivedId(id, playerId);

const isOf = (playerId: string) => ({ key: 'playerId', match: { value: playerId } });

/** What an earlier try left undone is done now; two that try at once both find it there. */
async function create(
  client: QdrantClient,
  name: string,
  of: { dimension: number; model: string },
): Promise<void> {
  if (readAliases(await client.getAliases()).has(name)) throw new Error(`${name} is an alias`);
  if (!(await infoOf(client, name))) await make(client, name, of);
  const made = await infoOf(client, name);
  if (!made) throw new Error(`the collection ${name} was dropped while it was made`);
  if (made.model === null)
    throw new Error(`the collection ${name} names no model: Qdrant must be 1.16 or newer`);
  checkSame(name, { ...made, model: made.model }, of);
  for (const [field_name, field_schema] of Object.entries(indexes)) {
    if (!made.indexed.has(field_name))
      checkDone(await client.createPayloadIndex(name, { field_name, field_schema, wait: true }));
  }
}

/** Not by `createCollection` of the client: it leaves out the metadata. */
async function make(client: QdrantClient, name: string, of: { dimension: number; model: string }) {
  const asked = { collection_name: name, ...layoutOf(of) };
  await client
    .api()
    .createCollection(asked)
    .catch((error) => {
      if (!isThere(error)) throw error;
    });
}

/** `null`: there is none. */
const infoOf = async (client: QdrantClient, name: string) => {
  try {
    return readInfo(await client.getCollection(name));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

async function upsert(client: QdrantClient, name: string, points: readonly VectorPoint[]): Promise<void> {
  for (let from = 0; from < points.length; from += AT_ONCE) {
    const written = points.slice(from, from + AT_ONCE).map(({ playerId, id, vector, payload }) => ({
      id: pointId(playerId, id),
      vector: Array.from(vector),
      payload: { ...payload, playerId, id },
    }));
    checkDone(await client.upsert(name, { wait: true, points: written }));
  }
}

async function search(client: QdrantClient, alias: string, ask: Ask) {
  const { collection = alias } = ask;
  if (collection !== alias && readAliases(await client.getAliases()).get(alias) !== collection) return [];
  try {
    const answer = await client.query(collection, {
      query: Array.from(ask.vector),
      filter: filterOf(ask),
      limit: ask.limit,
      params: searchParams,
      with_payload: true,
    });
    return readHits(answer, ask.playerId);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function filterOf({ playerId, filter = {} }: Ask): Schemas['Filter'] {
  const { from, to, leastImportance, kinds } = filter;
  const time = (text: string) => new Date(text).toISOString();
  const range = { ...(from && { gte: time(from) }), ...(to && { lte: time(to) }) };
  return {
    must: [
      isOf(playerId),
      ...(from || to ? [{ key: 'at', range }] : []),
      ...(leastImportance === undefined ? [] : [{ key: 'importance', range: { gte: leastImportance } }]),
      ...(kinds ? [{ key: 'kind', match: { any: [...new Set(kinds)] } }] : []),
    ],
  };
}

/**
 * One request: all in it is done under one lock. But it is done in order and not undone: were the collection found
 * missing only then, the alias would be gone.
 */
async function publish(client: QdrantClient, alias: string, name: string): Promise<void> {
  if (!(await infoOf(client, name))) throw new Error(`there is no collection ${name}`);
  if (readNames(await client.getCollections()).has(alias)) throw new Error(`${alias} is a collection`);
  await client.updateCollectionAliases({
    actions: [
      { delete_alias: { alias_name: alias } },
      { create_alias: { alias_name: alias, collection_name: name } },
    ],
  });
}

async function published(client: QdrantClient, alias: string): Promise<Published | null> {
  const collection = readAliases(await client.getAliases()).get(alias);
  const info = collection === undefined ? null : await infoOf(client, collection);
  return info && { collection: collection!, model: info.model ?? '', dimension: info.dimension };
}

/** Page by page: of what is written meanwhile some is in it. */
async function digest(client: QdrantClient, name: string) {
  const sum = digesting();
  let offset: Schemas['ExtendedPointId'] | undefined;
  do {
    const page = readPage(
      await client.scroll(name, { limit: PAGE, offset, with_payload: ['playerId', 'id', 'mark'] }),
    );
    for (const { playerId, id, mark } of page.points) sum.add(playerId, id, mark);
    offset = page.next ?? undefined;
  } while (offset !== undefined);
  return sum.digest();
}
