import type { MemoryKind } from '../../domain/memory/memory.js';
import { type Embedder, EmbedderRefused, EmbedderUnavailable } from '../embedding/embedder.js';
import type { Hit, VectorStore } from '../vectors/vectors.js';
import { before } from './before.js';
import { MEMORY_VECTORS } from './index-of-memories.js';

/** More of a player's are never near. */
export const NEAREST = 200;
/** Longer nobody waits for it: by words it is told at once. */
const PATIENCE_MS = 400;
/** Whoever failed is left alone, longer each time. */
const REST_MS = { first: 1_000, most: 30_000 };
/** A vector's length may be off by this, as arithmetic has it. */
const UNIT_SLACK = 0.01;

export type MeaningAsk = {
  playerId: string;
  /** Whose memories are looked through besides. */
  others?: Promise<readonly { playerId: string }[]>;
  text: string;
  kinds?: readonly MemoryKind[];
  signal?: AbortSignal;
};

/** Whose memories of what key. */
export const placeOf = (playerId: string, key: string): string => `${playerId} ${key}`;

/** By the place of a memory: the cosine, -1 to 1, and a mark that is equal where texts are. */
export type Near = ReadonlyMap<string, { cosine: number; mark: string }>;

/** `null` where nobody can tell now, or in time. Never throws, and never outlasts the signal. */
export type Meaning = (ask: MeaningAsk) => Promise<Near | null>;

export type MeaningParts = {
  vectors: VectorStore;
  embedder: Embedder;
  warn: (message: string, error: unknown) => void;
};

/** Which memories are near to what was asked, by the vectors. What fails is said once, and tried again by itself. */
export function openMeaning(parts: MeaningParts, patienceMs = PATIENCE_MS): Meaning {
  const rest = resting(parts.warn);
  return async (ask) => {
    if (rest.now() || ask.signal?.aborted) return null;
    try {
      const near = await before(patienceMs, ask.signal, (signal) => lookUp(parts, { ...ask, signal }));
      if (near) rest.over();
      return near;
    } catch (error) {
      // Of who asks only, not of who was asked.
      if (!ask.signal?.aborted && !(error instanceof EmbedderRefused)) rest.begin(error);
      return null;
    }
  };
}

/** @throws whatever keeps it from being told; vectors of two models are never compared. */
async function lookUp({ vectors, embedder }: MeaningParts, ask: MeaningAsk): Promise<Near | null> {
  const published = await vectors.published(MEMORY_VECTORS);
  if (published === null) return null;
  if (published.model !== embedder.model)
    throw new Error(`memories are embedded by ${published.model}, questions by ${embedder.model}`);
  const [vector] = await embedder.embed([ask.text], ask.signal);
  if (!isUnit(vector, published.dimension))
    throw new Error(`${embedder.model} gave no vector of length 1 and dimension ${published.dimension}`);
  const filter = ask.kinds && { filter: { kinds: ask.kinds } };
  const players = [ask.playerId, ...((await ask.others) ?? []).map(({ playerId }) => playerId)];
  const found = await Promise.all(
    players.map(async (playerId) => {
      const hits = await vectors.search(MEMORY_VECTORS, { playerId, vector, limit: NEAREST, ...filter });
      return nearOf(playerId, hits);
    }),
  );
  const now = await vectors.published(MEMORY_VECTORS);
  return now?.collection === published.collection ? new Map(found.flat()) : null;
}

function isUnit(vector: Float32Array | undefined, dimension: number): vector is Float32Array {
  if (vector?.length !== dimension) return false;
  const squares = vector.reduce((sum, value) => sum + value * value, 0);
  return Math.abs(squares - 1) <= UNIT_SLACK;
}

const nearOf = (playerId: string, hits: readonly Hit[]): [string, { cosine: number; mark: string }][] =>
  hits
    .filter(({ score }) => Number.isFinite(score))
    .map(({ score, payload: { key, mark } }) => [placeOf(playerId, key), { cosine: score, mark }]);

/** Who has failed rests for a while; that it begins and that it is over is said once each. */
function resting(warn: MeaningParts['warn']) {
  let failures = 0;
  let until = 0;
  return {
    now: () => performance.now() < until,
    begin(error: unknown) {
      if (failures === 0) warn('memories are looked up by their words alone', error);
      const wanted = error instanceof EmbedderUnavailable ? (error.retryAfterMs ?? 0) : 0;
      until = performance.now() + Math.min(REST_MS.most, Math.max(wanted, REST_MS.first * 2 ** failures));
      failures = Math.min(failures + 1, 10);
    },
    over() {
      if (failures > 0) warn('memories are looked up by their meaning again', null);
      failures = 0;
      until = 0;
    },
  };
}
