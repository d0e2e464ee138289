import { createHash } from 'node:crypto';
import { type Embedder, EmbedderRefused, EmbedderUnavailable, unit } from '../../embedding/embedder.js';
import { type VectorPoint, type VectorStore, VectorsUnavailable } from '../../vectors/vectors.js';
import type { MemoryIndexParts } from '../index-of-memories.js';

type Shelf = Map<string, VectorPoint>;

/** A vector store in memory: enough of it to see what is written; it may be away. */
function shelves() {
  const collections = new Map<string, Shelf>();
  const aliases = new Map<string, string>();
  const state = { away: false };
  const at = (collection: string): Shelf => {
    if (state.away) throw new VectorsUnavailable('nobody answers');
    const shelf = collections.get(collection);
    if (!shelf) throw new Error(`there is no collection ${collection}`);
    return shelf;
  };
  const placeOf = (playerId: string, id: string) => `${playerId} ${id}`;
  const store: Pick<VectorStore, 'create' | 'upsert' | 'remove' | 'publish' | 'drop' | 'has' | 'digest'> = {
    async create(collection) {
      if (!collections.has(collection)) collections.set(collection, new Map());
    },
    async upsert(collection, points) {
      for (const point of points) at(collection).set(placeOf(point.playerId, point.id), point);
    },
    async remove(collection, playerId, ids) {
      for (const id of ids) at(collection).delete(placeOf(playerId, id));
    },
    publish: async (alias, collection) => void aliases.set(alias, collection),
    drop: async (collection) => void collections.delete(collection),
    has: async (collection) => collections.has(collection),
    async digest(collection) {
      const lines = [...(collections.get(collection) ?? new Map<string, VectorPoint>())].map(
        ([place, { payload }]) => `${place} ${payload.mark}`,
      );
      return {
        rows: lines.length,
        digest: createHash('sha256').update(lines.sort().join('\n')).digest('hex'),
      };
    },
  };
  return {
    vectors: store as VectorStore,
    state,
    /** Of the collection that is read, in an order of its own. */
    points: (alias: string) =>
      [...(collections.get(aliases.get(alias) ?? '')?.values() ?? [])].sort((one, other) =>
        placeOf(one.playerId, one.id) < placeOf(other.playerId, other.id) ? -1 : 1,
      ),
  };
}

/** All that an index of memories needs, and what was asked of it. Texts with "refuse" in them have no vector. */
export function indexParts() {
  const { vectors, state, points } = shelves();
  const embeddings = { away: false, asked: [] as string[] };
  const refusals: string[] = [];
  const erased = new Set<string>();
  const embedder: Embedder = {
    model: 'by-letters-1',
    dimension: async () => 8,
    async embed(texts) {
      if (embeddings.away) throw new EmbedderUnavailable('nobody answers');
      const which = texts.flatMap((text, nth) => (text.includes('refuse') ? [nth] : []));
      if (which.length > 0) throw new EmbedderRefused(which, 'refused');
      embeddings.asked.push(...texts);
      return texts.map((text) => unit([...createHash('sha256').update(text).digest()].slice(0, 8))!);
    },
    close: async () => {},
  };
  const parts: MemoryIndexParts = {
    vectors,
    embedder,
    open: async (playerId, sealed) => (erased.has(playerId) ? null : sealed.replace('sealed:', '')),
    onRefused: (why, { kind }) => void refusals.push(`${kind}: ${why}`),
  };
  return { parts, state, embeddings, refusals, erased, points };
}
