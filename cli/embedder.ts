import { type CachedEmbedder, cachedEmbedder } from '../projections/embedding/cached-embedder.js';
import { builtInEmbedder } from '../projections/embedding/embedder.built-in.js';
import type { Embedder } from '../projections/embedding/embedder.js';
import { embedByOpenAi } from '../projections/embedding/embedder.openai.js';
import type { Settings } from './settings.js';

/** Vectors that are kept; of 1,024 numbers, 8 MB. */
const KEPT = 2_000;
const MODEL = 'text-embedding-3-small';

export type EmbedderSettings = Pick<
  Settings,
  'AGL_EMBEDDINGS_URL' | 'AGL_EMBEDDINGS_KEY' | 'AGL_EMBEDDINGS_MODEL'
>;

/** The embedder of the settings, else the built-in one; neither does anything before it is asked. */
export function openEmbedder(
  settings: EmbedderSettings,
  builtIn: () => Embedder = builtInEmbedder,
): CachedEmbedder {
  return cachedEmbedder(serverOf(settings) ?? builtIn(), { max: KEPT });
}

function serverOf({
  AGL_EMBEDDINGS_URL: url,
  AGL_EMBEDDINGS_KEY: key,
  AGL_EMBEDDINGS_MODEL: model = MODEL,
}: EmbedderSettings): Embedder | null {
  return url ? embedByOpenAi({ url, model, ...(key && { key }) }) : null;
}
