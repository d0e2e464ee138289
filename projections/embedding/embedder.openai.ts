import { checkTexts, type Embedder, EmbedderRefused, EmbedderUnavailable } from './embedder.js';
import { vectorsOf } from './openai-answer.js';
import { type Attempts, persistently } from './persistently.js';
import { type Posting, post, Refusal } from './post.js';
import { untilAny } from './until-any.js';

export type OpenAiSettings = Attempts & {
  /** With or without `/v1/embeddings`. */
  url: string;
  /** A server on one's own machine needs none. */
  key?: string;
  model: string;
  /** Texts that are sent at once. */
  batch?: number;
  /** For one request, its answer included. */
  deadlineMs?: number;
};

const BATCH = 64;
const DEADLINE_MS = 20_000;
/** What any server has vectors for. */
const HARMLESS = 'hello';

type Session = {
  post: Posting;
  closing: AbortController;
  model: string;
  attempts: Attempts;
  dimension: number | undefined;
};

/** Any server of OpenAI's embeddings API (https://platform.openai.com/docs/api-reference/embeddings/create). */
export function embedByOpenAi(settings: OpenAiSettings): Embedder {
  const { url, key, model, batch = BATCH, deadlineMs = DEADLINE_MS, ...attempts } = settings;
  const closing = new AbortController();
  const session: Session = {
    post: post({ url: endpointOf(url), deadlineMs, closing: closing.signal, ...(key && { key }) }),
    closing,
    model,
    attempts,
    dimension: undefined,
  };
  return {
    model: `openai/${model}`,
    async dimension() {
      session.dimension ??= (await ask(session, [HARMLESS]).catch(unavailable))[0]!.length;
      return session.dimension;
    },
    async embed(texts, signal) {
      signal?.throwIfAborted();
      checkTexts(texts);
      const vectors: Float32Array[] = [];
      const refused: number[] = [];
      for (let from = 0; from < texts.length; from += batch) {
        const part = texts.slice(from, from + batch);
        vectors.push(...(await askOrSplit(session, part, { from, refused }, signal)));
      }
      if (refused.length > 0) {
        // Where nothing is taken, it is not for the texts: a wrong model, or a wrong address.
        await ask(session, [HARMLESS], signal).catch(unavailable);
        throw new EmbedderRefused(refused, 'the server refuses it');
      }
      return vectors;
    },
    close: async () => session.closing.abort(),
  };
}

/** The address whatever its end: `…`, `…/v1` or `…/v1/embeddings`. */
export function endpointOf(url: string): string {
  const address = new URL(url);
  const path = address.pathname.replace(/\/+$/, '');
  if (path.endsWith('/embeddings')) address.pathname = path;
  else address.pathname = `${path}${path.endsWith('/v1') ? '' : '/v1'}/embeddings`;
  return address.href;
}

async function ask(
  session: Session,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  const request = { model: session.model, input: texts, encoding_format: 'float' };
  const body = await untilAny([signal, session.closing.signal], (ended) =>
    persistently(() => session.post(request, signal), session.attempts, ended),
  );
  const vectors = vectorsOf(body, { count: texts.length, dimension: session.dimension });
  session.dimension = vectors[0]!.length;
  return vectors;
}

type Place = { from: number; refused: number[] };

/** Of texts that are refused together, those are found that are refused alone; they have no vectors. */
async function askOrSplit(
  session: Session,
  texts: readonly string[],
  { from, refused }: Place,
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  try {
    return await ask(session, texts, signal);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (texts.length === 1) refused.push(from);
    if (texts.length === 1) return [];
    const half = Math.ceil(texts.length / 2);
    const first = await askOrSplit(session, texts.slice(0, half), { from, refused }, signal);
    const second = await askOrSplit(session, texts.slice(half), { from: from + half, refused }, signal);
    return [...first, ...second];
  }
}

function unavailable(error: unknown): never {
  if (error instanceof Refusal)
    throw new EmbedderUnavailable(`the server refuses everything: ${error.message}`);
  throw error;
}
