import type { MemoryKind } from '../../domain/memory/memory.js';
import { type Embedder, EmbedderRefused, EmbedderUnavailable } from '../embedding/embedder.js';
import type { Hit, Published, VectorStore } from '../vectors/vectors.js';
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

/** The cosine, -1 to 1, and a mark that is equal where texts are. */
type Nearness = { cosine: number; mark: string };
/** By whose memory it is, and its key. */
export type Near = ReadonlyMap<string, ReadonlyMap<string, Nearness>>;

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
  const index = openIndex(parts);
  return async (ask) => {
    if (rest.now() || ask.signal?.aborted) return null;
    try {
      const near = await before(patienceMs, ask.signal, (signal) =>
        lookUp({ ...parts, index }, { ...ask, signal }),
      );
      if (near) rest.over();
      return near;
    } catch (error) {
      // Of who asks only, not of who was asked.
      if (!ask.signal?.aborted && !(error instanceof EmbedderRefused)) rest.begin(error);
      return null;
    }
  };
}

type Index = ReturnType<typeof openIndex>;

/** What is searched: told once, and again when nothing more is found in it. Vectors of two models are never compared. */
function openIndex({ vectors, embedder }: MeaningParts) {
  let known: Published | null = null;
  return {
    /** `null`: there is none yet. @throws where it is of another model. */
    async published(): Promise<Published | null> {
      known ??= await vectors.published(MEMORY_VECTORS);
      if (known === null || known.model === embedder.model) return known;
      const { model } = known;
      known = null;
      throw new Error(`memories are embedded by ${model}, questions by ${embedder.model}`);
    },
    /** Whether it is still what is searched. */
    async isStill({ collection }: Published): Promise<boolean> {
      known = await vectors.published(MEMORY_VECTORS);
      return known?.collection === collection;
    },
  };
}

/** @throws whatever keeps it from being told. */
async function lookUp(
  { vectors, embedder, index }: MeaningParts & { index: Index },
  ask: MeaningAsk,
): Promise<Near | null> {
  const published = await index.published();
  if (published === null) return null;
  const { collection, dimension } = published;
  const [vector] = await embedder.embed([ask.text], ask.signal);
  if (!isUnit(vector, dimension))
    throw new Error(`${embedder.model} gave no vector of length 1 and dimension ${dimension}`);
  const asked = { vector, collection, limit: NEAREST, ...(ask.kinds && { filter: { kinds: ask.kinds } }) };
  const nearOne = async (playerId: string) =>
    [playerId, nearOf(await vectors.search(MEMORY_VECTORS, { playerId, ...asked }))] as const;
  // What is of the player's own waits for nobody.
  const nearOthers = async () =>
    Promise.all(((await ask.others) ?? []).map(({ playerId }) => nearOne(playerId)));
  const [own, others] = await Promise.all([nearOne(ask.playerId), nearOthers()]);
  const found = [own, ...others];
  // Of none, or the alias means another by now.
  const isSure = found.some(([, near]) => near.size > 0) || (await index.isStill(published));
  return isSure ? new Map(found) : null;
}

function isUnit(vector: Float32Array | undefined, dimension: number): vector is Float32Array {
  if (vector?.length !== dimension) return false;
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.abs(squares - 1) <= UNIT_SLACK;
}

function nearOf(hits: readonly Hit[]): Map<string, Nearness> {
  const near = new Map<string, Nearness>();
  for (const { score, payload } of hits)
    if (Number.isFinite(score)) near.set(payload.key, { cosine: score, mark: payload.mark });
  return near;
}

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
