import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { hashedGrams } from '../built-in/grams.js';

export type EmbeddingsRequest = { model: string; input: string[]; encoding_format: string };
export type EmbeddingsAsked = {
  path: string;
  headers: IncomingMessage['headers'];
  body: EmbeddingsRequest;
};
type Row = { index: number; embedding: number[] };

export type EmbeddingsFault =
  | { status: number; retryAfter?: string }
  | { hang: true }
  | { hangHalfway: true }
  | { cut: true }
  | { cutHalfway: true }
  | { redirect: string }
  | { body: string }
  /** A good answer, spoiled. */
  | { rows: (rows: Row[]) => object[] };

type Options = {
  port?: number;
  dimension?: number;
  /** Of models that have another one. */
  dimensions?: Record<string, number>;
};

/** OpenAI's embeddings API on this machine, with faults on command: one for each request to come. */
export async function startEmbeddingsApi({ port: wanted = 0, dimension = 8, dimensions = {} }: Options = {}) {
  const asked: EmbeddingsAsked[] = [];
  const faults: EmbeddingsFault[] = [];
  /** `always`: what stays so until it is taken away. */
  const state = { always: null as EmbeddingsFault | null };
  /** Texts that are refused whatever they are asked with. */
  const refuses = new Set<string>();
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const body = JSON.parse(text) as EmbeddingsRequest;
    asked.push({ path: request.url!, headers: request.headers, body });
    const fault =
      faults.shift() ??
      state.always ??
      (body.input.some((one) => refuses.has(one)) ? { status: 400 } : undefined);
    const long = dimensions[body.model] ?? dimension;
    const rows = body.input.map((one, index) => ({ index, embedding: [...hashedGrams(one, long)] }));
    if (fault && !('rows' in fault) && !('body' in fault)) return spoil(response, fault, { request, body });
    const data = fault && 'rows' in fault ? fault.rows(rows) : rows;
    const answer = fault && 'body' in fault ? fault.body : JSON.stringify({ object: 'list', data });
    return response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    asked,
    faults,
    refuses,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

export type EmbeddingsApi = Awaited<ReturnType<typeof startEmbeddingsApi>>;

type NoAnswer = Exclude<EmbeddingsFault, { rows: unknown } | { body: string }>;

function spoil(
  response: ServerResponse,
  fault: NoAnswer,
  { request, body }: { request: IncomingMessage; body: EmbeddingsRequest },
): unknown {
  if ('cut' in fault) return response.destroy();
  if ('hang' in fault) return undefined;
  if ('redirect' in fault) return response.writeHead(307, { location: fault.redirect }).end();
  if ('hangHalfway' in fault) return response.writeHead(200).write('{"data":[');
  if ('cutHalfway' in fault)
    return response.writeHead(200).write('{"data":[', () => setImmediate(() => response.destroy()));
  const { status, retryAfter } = fault;
  response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
  // What a careless server does: it says everything that it was told.
  const message = `no: ${body.input.join()} ${request.headers.authorization}`;
  return response.end(JSON.stringify({ error: { message } }));
}
