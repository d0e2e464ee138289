import { createHash } from 'node:crypto';
import { type Found, nothingFound } from '../../domain/kernel/found.js';
import { eachOf, inOrder } from './each.js';
import { type Embedder } from './embedder.js';
import { unlessAborted } from './unless-aborted.js';

export type CachedEmbedder = Embedder & { readonly found: Found };

/** What was asked for in one go: given up when nobody waits for any of it. */
type Batch = { keys: readonly string[]; asks: number; over: AbortController };
type UnderWay = Map<string, { vector: Promise<Float32Array>; batch: Batch }>;

/**
 * The last `max` vectors, by a hash of what was asked: the texts are not kept. Whoever asks for what somebody else
 * asks for already waits for the same answer, and whoever leaves takes it from nobody. Nobody may write into them.
 */
export function cachedEmbedder(embedder: Embedder, { max }: { max: number }): CachedEmbedder {
  const kept = keepNewest(max);
  const known = nothingFound();
  const underWay: UnderWay = new Map();
  const begin = (missing: ReadonlyMap<string, string>): void => {
    const batch: Batch = { keys: [...missing.keys()], asks: 0, over: new AbortController() };
    const vectors = eachOf(embedder, [...missing.values()], batch.over.signal);
    batch.keys.forEach((key, at) => {
      const vector = vectors[at]!;
      underWay.set(key, { vector, batch });
      vector.then(
        (made) => {
          kept.set(key, made);
          forget(underWay, key, batch);
        },
        () => forget(underWay, key, batch),
      );
    });
  };
  return {
    model: embedder.model,
    found: known,
    dimension: () => embedder.dimension(),
    async embed(texts, signal) {
      signal?.throwIfAborted();
      const keys = texts.map((text) => keyOf(embedder.model, text));
      const found = keys.map((key) => kept.get(key));
      for (const one of found) known[one ? 'hits' : 'misses']++;
      const missing = keys.flatMap((key, at) =>
        found[at] || underWay.has(key) ? [] : [[key, texts[at]!] as const],
      );
      if (missing.length > 0) begin(new Map(missing));
      const asked = keys.map((key, at) => (found[at] ? undefined : underWay.get(key)));
      const batches = new Set(asked.flatMap((one) => (one ? [one.batch] : [])));
      for (const batch of batches) batch.asks++;
      try {
        return await unlessAborted(inOrder(keys.map((_, at) => found[at] ?? asked[at]!.vector)), signal);
      } finally {
        for (const batch of batches) leave(underWay, batch);
      }
    },
    close: () => embedder.close(),
  };
}

function leave(underWay: UnderWay, batch: Batch): void {
  if (--batch.asks > 0) return;
  for (const key of batch.keys) forget(underWay, key, batch);
  batch.over.abort();
}

/** Meanwhile somebody else may have asked anew. */
function forget(underWay: UnderWay, key: string, batch: Batch): void {
  if (underWay.get(key)?.batch === batch) underWay.delete(key);
}

const keyOf = (model: string, text: string): string =>
  createHash('sha256')
    .update(JSON.stringify([model, text]))
    .digest('base64');

/** What was used last. */
function keepNewest(max: number) {
  const kept = new Map<string, Float32Array>();
  const set = (key: string, vector: Float32Array) => {
    kept.delete(key);
    kept.set(key, vector);
    for (const oldest of kept.keys()) {
      if (kept.size <= max) return;
      kept.delete(oldest);
    }
  };
  return {
    set,
    get(key: string): Float32Array | undefined {
      const found = kept.get(key);
      if (found) set(key, found);
      return found;
    },
  };
}
