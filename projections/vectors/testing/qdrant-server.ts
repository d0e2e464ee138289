import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Asked, documentAbsent, openQdrantDocument } from './openapi.js';
import { QdrantStore, Refused } from './qdrant-store.js';

export type QdrantServer = {
  url: string;
  port: number;
  store: QdrantStore;
  /** What did not fit Qdrant's own document, of what was asked and of what was answered; empty at the end of a test. */
  wrong: string[];
  /** Every request that came. */
  asked: Asked[];
  /** Answers in the place of its own, until it is `null` again. */
  instead: ((request: Asked) => { status: number; text: string } | null) | null;
  /** Connections are cut, as by a kill; what it holds can be served again by another. */
  kill(): Promise<void>;
};

type Options = { port?: number; store?: QdrantStore; apiKey?: string };

const document = documentAbsent ? null : openQdrantDocument();

/** A local server of the routes of Qdrant that the adapter uses, which holds both sides against Qdrant's document. */
export async function startQdrant(options: Options = {}): Promise<QdrantServer> {
  const { port = 0, store = new QdrantStore(), apiKey } = options;
  const state = {
    store,
    wrong: [] as string[],
    asked: [] as Asked[],
    instead: null as QdrantServer['instead'],
  };
  const server = createServer(async (request, response) => {
    const asked = await read(request);
    state.asked.push(asked);
    const instead = state.instead?.(asked);
    if (instead) return void response.writeHead(instead.status).end(instead.text);
    if (apiKey && request.headers['api-key'] !== apiKey) return refuse(response, 403, 'Forbidden');
    answer(state, asked, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const at = (server.address() as AddressInfo).port;
  return Object.assign(state, {
    port: at,
    url: `http://127.0.0.1:${at}`,
    kill: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

const refuse = (response: ServerResponse, status: number, error: string) =>
  send(response, status, { time: 0, status: { error } });

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<Asked> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
  return {
    method: request.method!.toLowerCase(),
    path: decodeURIComponent(pathname),
    query: Object.fromEntries(searchParams),
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function answer(
  { store, wrong }: Pick<QdrantServer, 'store' | 'wrong'>,
  asked: Asked,
  response: ServerResponse,
): void {
  const misasked = document?.request(asked) ?? null;
  if (misasked) {
    wrong.push(`${asked.method} ${asked.path}: ${misasked}`);
    return refuse(response, 400, misasked);
  }
  let status = 200;
  let body: unknown;
  try {
    body = { time: 0, status: 'ok', result: resultOf(store, asked) };
  } catch (error) {
    if (!(error instanceof Refused)) wrong.push(String(error));
    status = error instanceof Refused ? error.status : 500;
    body = { time: 0, status: { error: (error as Error).message } };
  }
  const misanswered = document?.answer(asked, { status, body }) ?? null;
  if (misanswered) wrong.push(`the answer to ${asked.method} ${asked.path}: ${misanswered}`);
  send(response, status, body);
}

const done = { operation_id: 1, status: 'completed' };

// biome-ignore lint/suspicious/noExplicitAny: bodies were checked against the document before they come here
type Route = (store: QdrantStore, name: string, body: any) => unknown;

const routes: Record<string, Route> = {
  'get /collections': (store) => ({ collections: store.names().map((name) => ({ name })) }),
  'get /aliases': (store) => ({
    aliases: store.aliases().map(([alias_name, collection_name]) => ({ alias_name, collection_name })),
  }),
  'post /collections/aliases': (store, _, { actions }) => store.changeAliases(actions),
  'put /collections/*': (store, name, body) => store.create(name, body),
  'get /collections/*': (store, name) => infoOf(store, name),
  'delete /collections/*': (store, name) => store.drop(name),
  'put /collections/*/index': (store, name, { field_name, field_schema }) => {
    store.find(name).fields.set(field_name, field_schema);
    return done;
  },
  'put /collections/*/points': (store, name, { points }) => {
    store.upsert(name, points);
    return done;
  },
  'post /collections/*/points/count': (store, name, body) => ({ count: store.count(name, body) }),
  'post /collections/*/points/delete': (store, name, { filter }) => {
    store.remove(name, filter);
    return done;
  },
  'post /collections/*/points/query': (store, name, body) => ({ points: store.query(name, body) }),
  'post /collections/*/points/scroll': (store, name, body) => store.scroll(name, body),
};

function resultOf(store: QdrantStore, { method, path, body }: Asked): unknown {
  const [, root, name = '', ...rest] = path.split('/');
  const exact = routes[`${method} ${path}`];
  const route = exact ?? routes[`${method} /${[root, '*', ...rest].join('/')}`];
  if (!route) throw new Refused(404, `there is no ${method} ${path} here`);
  return route(store, name, body);
}

function infoOf(store: QdrantStore, name: string) {
  const { size, settings, fields, points } = store.find(name);
  const { metadata, quantization_config, hnsw_config } = settings;
  return {
    status: 'green',
    optimizer_status: 'ok',
    points_count: points.size,
    segments_count: 1,
    config: {
      params: { vectors: { size, distance: 'Cosine', on_disk: true }, on_disk_payload: true },
      hnsw_config: { ef_construct: 100, full_scan_threshold: 10_000, ...(hnsw_config as { m: number }) },
      optimizer_config: { default_segment_number: 0, flush_interval_sec: 5 },
      quantization_config,
      metadata,
    },
    payload_schema: Object.fromEntries(
      [...fields].map(([field, params]) => [
        field,
        { data_type: (params as { type: string }).type, params, points: points.size },
      ]),
    ),
  };
}
