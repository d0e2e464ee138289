import { createHash } from 'node:crypto';
import { derivedId } from '../../domain/kernel/ids.js';
import type { Memory } from '../../domain/memory/memory.js';
import { plainSentenceOf } from '../../domain/memory/sentence.js';
import { type Embedder, EmbedderRefused } from '../embedding/embedder.js';
import type { Elsewhere, Row } from '../projection.js';
import type { VectorPoint, VectorStore } from '../vectors/vectors.js';

/** The alias by which the points are read. */
export const MEMORY_VECTORS = 'memory_vectors';

export type MemoryIndexParts = {
  vectors: VectorStore;
  embedder: Embedder;
  /** What a person wrote; `null`: nobody can open it any more. @throws when it cannot be told now. */
  open(playerId: string, sealed: string): Promise<string | null>;
  /** Told once a text that never will have a vector; neither the text nor whose it is. */
  onRefused(why: string, memory: { kind: string }): void;
};

/** So many texts are asked for at once. */
const BATCH = 64;

/** The point of a player's memories of a key. */
export const pointId = (playerId: string, key: string): string => derivedId(playerId, `memories of ${key}`);

const collectionOf = (model: string, generation: string) => `${model}-${generation}`;

/** Rows of `memory_points` as points of a vector store, each at what its sentence means. */
export function indexOfMemories(parts: MemoryIndexParts): Elsewhere {
  const { vectors, embedder } = parts;
  return {
    async prepare(model, generation) {
      const dimension = await embedder.dimension();
      await vectors.create(collectionOf(model, generation), { dimension, model: embedder.model });
    },
    async write({ model, generation }, tables, signal) {
      const collection = collectionOf(model, generation);
      const rows = (tables.get('memory_points') ?? []) as PointRow[];
      for (const [player, ids] of goneOf(rows)) await vectors.remove(collection, player, ids);
      const here = rows.filter(({ gone }) => !gone);
      for (let from = 0; from < here.length; from += BATCH) {
        signal?.throwIfAborted();
        const points = await pointsOf(here.slice(from, from + BATCH), parts, signal);
        if (points.length > 0) await vectors.upsert(collection, points);
      }
    },
    holds: (model, generation) => vectors.has(collectionOf(model, generation)),
    async digests(model, generation): ReturnType<Elsewhere['digests']> {
      const collection = collectionOf(model, generation);
      if (!(await vectors.has(collection))) return {};
      return { memory_points: await vectors.digest(collection) };
    },
    async erase({ model, generation }, player) {
      const collection = collectionOf(model, generation);
      if (!(await vectors.has(collection))) return 0;
      const found = await vectors.count(collection, player);
      await vectors.removePlayer(collection, player);
      return found;
    },
    publish: (model, generation) => vectors.publish(MEMORY_VECTORS, collectionOf(model, generation)),
    drop: (model, generation) => vectors.drop(collectionOf(model, generation)),
  };
}

type PointRow = Row &
  Pick<Memory, 'key' | 'kind' | 'facts' | 'lang' | 'at' | 'importance' | 'sealed'> & {
    player_id: string;
    game_id: string | null;
    client_id: string | null;
    gone: boolean;
  };

function goneOf(rows: readonly PointRow[]): Map<string, string[]> {
  const gone = new Map<string, string[]>();
  for (const row of rows) {
    if (!row.gone) continue;
    const { player_id, key } = row;
    gone.set(player_id, [...(gone.get(player_id) ?? []), pointId(player_id, key)]);
  }
  return gone;
}

/** What nobody can open any more, or never will have a vector, has no point. */
async function pointsOf(
  rows: readonly PointRow[],
  { embedder, open, onRefused }: MemoryIndexParts,
  signal?: AbortSignal,
): Promise<VectorPoint[]> {
  const told = await Promise.all(rows.map((row) => textOf(row, open)));
  const texts = [...new Set(told.filter((text) => text !== null))];
  const { vectors, refused } = await embedded(embedder, texts, signal);
  const points: VectorPoint[] = [];
  for (const [nth, row] of rows.entries()) {
    const text = told[nth];
    if (text === null || text === undefined) continue;
    const vector = vectors.get(text);
    if (vector) points.push(pointOf(row, vector, markOf(row, text, embedder.model)));
    else onRefused(refused.get(text) ?? 'no vector', { kind: row.kind });
  }
  return points;
}

async function textOf(row: PointRow, open: MemoryIndexParts['open']): Promise<string | null> {
  if (row.sealed === undefined || row.sealed === null) return plainSentenceOf(row, row.lang);
  const said = await open(row.player_id, row.sealed);
  return said === null ? null : plainSentenceOf(row, row.lang, said);
}

type Embedded = { vectors: Map<string, Float32Array>; refused: Map<string, string> };

/** Asks again without those that are refused. @throws EmbedderUnavailable */
async function embedded(embedder: Embedder, texts: string[], signal?: AbortSignal): Promise<Embedded> {
  const found: Embedded = { vectors: new Map(), refused: new Map() };
  let left = texts;
  while (left.length > 0) {
    try {
      const vectors = await embedder.embed(left, signal);
      for (const [nth, text] of left.entries()) found.vectors.set(text, vectors[nth]!);
      return found;
    } catch (error) {
      if (!(error instanceof EmbedderRefused) || error.which.length === 0) throw error;
      for (const nth of error.which) found.refused.set(left[nth]!, error.why);
      left = left.filter((_, nth) => !error.which.includes(nth));
    }
  }
  return found;
}

const pointOf = (row: PointRow, vector: Float32Array, mark: string): VectorPoint => ({
  playerId: row.player_id,
  id: pointId(row.player_id, row.key),
  vector,
  payload: {
    at: row.at,
    importance: row.importance,
    kind: row.kind,
    gameId: row.game_id,
    clientId: row.client_id,
    key: row.key,
    mark,
  },
});

/** Of what a person wrote by its sealed form: nobody finds out a short text by trying. */
const markOf = ({ sealed }: PointRow, text: string, model: string): string =>
  createHash('sha256')
    .update(`${model}\n${sealed ?? text}`)
    .digest('hex')
    .slice(0, 32);
