import { BUILT_IN, BUILT_IN_DIMENSION } from './embedder.built-in.js';
import { checkTexts, type Embedder, EmbedderUnavailable } from './embedder.js';
import { unlessAborted } from './unless-aborted.js';

/** The built-in embedder where somebody else in the process has it: each takes some 200 MB. */
export const builtInElsewhere = (embed: (texts: readonly string[]) => Promise<Float32Array[]>): Embedder => ({
  model: BUILT_IN,
  dimension: async () => BUILT_IN_DIMENSION,
  async embed(texts, signal) {
    signal?.throwIfAborted();
    checkTexts(texts);
    const answer = embed(texts).catch((error: Error) => {
      throw new EmbedderUnavailable(error.message);
    });
    return unlessAborted(answer, signal);
  },
  close: async () => {},
});
