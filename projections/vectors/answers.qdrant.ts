import { z } from 'zod';
import { type Hit, VectorsUnavailable } from './vectors.js';

const payload = z.object({
  at: z.string(),
  importance: z.number(),
  kind: z.string(),
  gameId: z.string().nullable(),
  clientId: z.string().nullable(),
  key: z.string(),
  mark: z.string(),
});
const owner = z.object({ playerId: z.string(), id: z.string() });

const info = z.object({
  config: z.object({
    params: z.object({ vectors: z.object({ size: z.number() }) }),
    metadata: z.object({ model: z.string() }).nullish(),
  }),
  payload_schema: z.record(z.string(), z.unknown()),
});
const hits = z.object({
  points: z.array(z.object({ score: z.number(), payload: payload.extend(owner.shape) })),
});
const page = z.object({
  points: z.array(z.object({ payload: owner.extend({ mark: z.string() }) })),
  next_page_offset: z.union([z.string(), z.number()]).nullish(),
});

const aliases = z.object({
  aliases: z.array(z.object({ alias_name: z.string(), collection_name: z.string() })),
});
const collections = z.object({ collections: z.array(z.object({ name: z.string() })) });

/** What is known of a collection. @throws VectorsUnavailable, as all here do, when the answer is not one of Qdrant. */
export function readInfo(answer: unknown) {
  const { config, payload_schema } = read(info, answer);
  return {
    dimension: config.params.vectors.size,
    model: config.metadata?.model ?? null,
    indexed: new Set(Object.keys(payload_schema)),
  };
}

/** Every one of this player: what is somebody else's is never given away, whatever the server thinks. */
export function readHits(answer: unknown, playerId: string): Hit[] {
  return read(hits, answer).points.map(({ score, payload: { playerId: of, id, ...rest } }) => {
    if (of !== playerId) throw new VectorsUnavailable('Qdrant answers with points of another player');
    return { id, score: Math.max(-1, Math.min(1, score)), payload: rest };
  });
}

/** Alias → collection. */
export const readAliases = (answer: unknown): Map<string, string> =>
  new Map(
    read(aliases, answer).aliases.map(({ alias_name, collection_name }) => [alias_name, collection_name]),
  );

export const readNames = (answer: unknown): Set<string> =>
  new Set(read(collections, answer).collections.map(({ name }) => name));

export const readCount = (answer: unknown): number => read(z.object({ count: z.number() }), answer).count;

export function readPage(answer: unknown) {
  const { points, next_page_offset } = read(page, answer);
  return { points: points.map((point) => point.payload), next: next_page_offset };
}

/** That it will be done is not enough: whoever searches now would not see it. */
export function checkDone(answer: unknown): void {
  const { status } = read(z.object({ status: z.string() }), answer);
  if (status !== 'completed') throw new VectorsUnavailable(`Qdrant has not done it yet: ${status}`);
}

function read<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new VectorsUnavailable(
    `Qdrant gives no answer of its own: ${parsed.error.issues[0]!.path.join('.')}`,
  );
}
