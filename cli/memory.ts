import type { MasterKeys } from '../commands/person-keys/master-keys.js';
import { sealerInPostgres } from '../commands/person-keys/sealer.pg.js';
import type { Found } from '../domain/kernel/found.js';
import { playerId, streamOf } from '../domain/kernel/ids.js';
import type { RecallAsk } from '../domain/memory/recall.js';
import type { Pool } from '../projections/database.js';
import type { Embedder } from '../projections/embedding/embedder.js';
import { indexOfMemories } from '../projections/memory/index-of-memories.js';
import { openRecall, type Recall } from '../projections/memory/recall.js';
import type { MemoryIndex } from '../projections/memory-vectors.js';
import type { VectorStore } from '../projections/vectors/vectors.js';
import { type EmbedderSettings, openEmbedder } from './embedder.js';
import type { Logger } from './logger.js';
import { openVectors, type VectorSettings } from './vectors.js';

/** What memories are found with; plain data, for it goes to threads. */
export type MemorySetup = EmbedderSettings & VectorSettings & { keysForPersons: MasterKeys | null };

export type MemorySide = {
  /** Where the read model of their vectors is written. */
  index: MemoryIndex;
  recall: Recall;
  vectors: VectorStore;
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** The player was erased: the key that is in memory is no more. */
  forget(player: string): void;
  /** What is kept in memory, and how often it was there. */
  caches: Record<string, Found>;
  close(): Promise<void>;
};

/**
 * `pool`: where persons' keys are, and vectors without Qdrant; `reads`: where memories are read; `builtIn`: the embedder
 * where the settings name none, one of its own if not given.
 */
export type MemoryStores = { pool: Pool; reads: Pool; logger: Logger; builtIn?: () => Embedder };

export const memorySetup = (
  settings: EmbedderSettings & VectorSettings,
  keysForPersons: MasterKeys | null,
): MemorySetup => {
  const { AGL_EMBEDDINGS_URL, AGL_EMBEDDINGS_KEY, AGL_EMBEDDINGS_MODEL, QDRANT_URL, QDRANT_API_KEY } =
    settings;
  const said = { AGL_EMBEDDINGS_URL, AGL_EMBEDDINGS_KEY, AGL_EMBEDDINGS_MODEL, QDRANT_URL, QDRANT_API_KEY };
  return { ...said, keysForPersons };
};

/** Nothing is asked of an embedder or a store before somebody asks for memories, or there are any. */
export function openMemorySide(
  setup: MemorySetup,
  { pool, reads, logger, builtIn }: MemoryStores,
): MemorySide {
  const { keysForPersons } = setup;
  const sealer = keysForPersons && sealerInPostgres(pool, keysForPersons);
  const open = async (player: string, sealed: string) =>
    sealer ? sealer.open(streamOf.player(playerId(player)), sealed) : null;
  const embedder = openEmbedder(setup, builtIn);
  const vectors = openVectors(setup, pool);
  const warn = (message: string, error: unknown) =>
    logger.warn(error ? { error: (error as Error).message } : {}, message);
  const onRefused = (why: string, { kind }: { kind: string }) =>
    logger.warn({ why, kind }, 'a memory has no vector: it is found by its words alone');
  return {
    index: { store: indexOfMemories({ vectors, embedder, open, onRefused }), model: embedder.model },
    recall: openRecall({ pool: reads, vectors, embedder, open, warn }),
    vectors,
    embed: (texts) => embedder.embed(texts),
    forget: (player) => sealer?.forget(streamOf.player(playerId(player))),
    caches: { embeddings: embedder.found, ...(vectors.found && { vectors: vectors.found }) },
    async close() {
      await Promise.allSettled([embedder.close(), vectors.close()]);
    },
  };
}

/** What finds nothing, and makes all ready that finding something takes; no embedder is asked. */
export const ofNobody = (now: Date): RecallAsk => ({
  ...{ playerId: 'nobody', revision: 0, limit: 1 },
  cue: { at: now.toISOString(), facts: {} },
});
