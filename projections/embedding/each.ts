import { type Embedder, EmbedderRefused } from './embedder.js';

type Waiting = { resolve: (vector: Float32Array) => void; reject: (error: unknown) => void };

/** Asked for together, answered each by itself: that one text is refused is not the others' fault. */
export function eachOf(
  embedder: Embedder,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Float32Array>[] {
  const waiting: Waiting[] = [];
  const answers = texts.map(
    () => new Promise<Float32Array>((resolve, reject) => void waiting.push({ resolve, reject })),
  );
  const ask = async (left: readonly number[]): Promise<void> => {
    if (left.length === 0) return;
    try {
      const vectors = await embedder.embed(
        left.map((at) => texts[at]!),
        signal,
      );
      left.forEach((at, nth) => void waiting[at]!.resolve(vectors[nth]!));
    } catch (error) {
      const { which, why } = refusalOf(error, left);
      for (const at of which) waiting[at]!.reject(why);
      await ask(left.filter((at) => !which.includes(at)));
    }
  };
  void ask(texts.map((_, at) => at));
  return answers;
}

/** Whom it concerns: all of those asked for, unless it names some. */
function refusalOf(error: unknown, asked: readonly number[]): { which: readonly number[]; why: unknown } {
  if (!(error instanceof EmbedderRefused) || error.which.length === 0) return { which: asked, why: error };
  return { which: error.which.map((nth) => asked[nth]!), why: new EmbedderRefused([0], error.why) };
}

/** @throws EmbedderRefused naming all that were refused, else what else went wrong first. */
export async function inOrder(
  vectors: readonly (Float32Array | Promise<Float32Array>)[],
): Promise<Float32Array[]> {
  const settled = await Promise.allSettled(vectors);
  const failed = settled.flatMap((one, at) =>
    one.status === 'rejected' ? [{ at, error: one.reason as Error }] : [],
  );
  const refused = failed.filter(({ error }) => error instanceof EmbedderRefused);
  if (refused.length > 0) {
    const whys = new Set(refused.map(({ error }) => (error as EmbedderRefused).why));
    throw new EmbedderRefused(
      refused.map(({ at }) => at),
      [...whys].join('; '),
    );
  }
  if (failed.length > 0) throw failed[0]!.error;
  return settled.map((one) => (one as PromiseFulfilledResult<Float32Array>).value);
}
