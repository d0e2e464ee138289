import { z } from 'zod';
import { EmbedderUnavailable, unit } from './embedder.js';

const answerSchema = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
});

/** What was asked for: how many vectors, and how long they are where that is known. */
export type Asked = { count: number; dimension: number | undefined };

/** The vectors of an answer in the order of the texts, each of length 1. @throws EmbedderUnavailable naming what is wrong */
export function vectorsOf(body: string, { count, dimension }: Asked): Float32Array[] {
  const { data } = readAnswer(body);
  if (data.length !== count) throw wrong(`has ${data.length} vectors for ${count} texts`);
  const vectors: Float32Array[] = [];
  const long = dimension ?? data[0]!.embedding.length;
  for (const { index, embedding } of data) {
    if (index < 0 || index >= count) throw wrong(`has a vector ${index} for ${count} texts`);
    if (vectors[index]) throw wrong(`has two vectors ${index}`);
    if (embedding.length !== long)
      throw wrong(`has a vector ${index} of ${embedding.length} numbers, where others have ${long}`);
    const vector = unit(embedding);
    if (!vector) throw wrong(`has a vector ${index} of zeros`);
    vectors[index] = vector;
  }
  return vectors;
}

function readAnswer(body: string): z.infer<typeof answerSchema> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw wrong('is no JSON');
  }
  const parsed = answerSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  // The path and the kind of the fault, never the value: a server may send the texts back.
  const { path, code } = parsed.error.issues[0]!;
  throw wrong(`is not of the form of embeddings: ${path.join('.') || 'the whole'} (${code})`);
}

const wrong = (what: string) => new EmbedderUnavailable(`the answer ${what}`);
