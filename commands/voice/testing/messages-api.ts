import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the next request meets; after that, what the ones after it meet. */
export type Fault =
  | { status: number; retryAfter?: number }
  | { hang: true }
  | { cut: true }
  | { text: string }
  | { refusal: true }
  | { delayMs: number };

export type Asked = {
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, never> & AskedBody;
};
export type AskedBody = {
  model: string;
  max_tokens: number;
  stream?: boolean;
  system: { text: string; cache_control?: object }[];
  messages: { content: string }[];
  output_config?: object;
};

type Written = { line: string; gesture?: string; tone?: string };

export type MessagesApi = {
  url: string;
  asked: Asked[];
  /** One for each request to come; without any, all goes well. */
  faults: Fault[];
  /** What stays so until it is taken away. */
  always: Fault | null;
  reply: Written;
  usage: {
    input_tokens: number;
    output_tokens: number;
    cache_creation_input_tokens: number;
    cache_read_input_tokens: number;
  };
  /** What was asked for in batches; they end when the test says so. */
  batches: { id: string; requests: { custom_id: string; params: Asked['body'] }[]; ended: boolean }[];
  /** What is written for a request, and counted, where that depends on it. */
  writes: ((body: AskedBody) => Pick<MessagesApi, 'reply' | 'usage'>) | null;
  close(): Promise<void>;
};

/** The Messages API as its SDK uses it, on this machine, with faults on command. */
export async function startMessagesApi(): Promise<MessagesApi> {
  const server = createServer((request, response) => {
    answer(api, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const api: MessagesApi = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    faults: [],
    always: null,
    batches: [],
    reply: { line: 'That one was yours from the first step.', gesture: 'clap', tone: 'warm' },
    usage: {
      input_tokens: 600,
      output_tokens: 40,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    },
    writes: null,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return api;
}

async function answer(api: MessagesApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url!.startsWith('/v1/messages/batches')) return batched(api, request, response);
  const body = JSON.parse(await textOf(request)) as Asked['body'];
  api.asked.push({ path: request.url!, headers: request.headers, body });
  const fault = api.faults.shift() ?? api.always;
  if (fault && 'hang' in fault) return;
  if (fault && 'cut' in fault) return void response.destroy();
  if (fault && 'delayMs' in fault) await sleep(fault.delayMs);
  if (fault && 'status' in fault) return refuse(response, fault);
  const { reply, usage } = api.writes?.(body) ?? api;
  const said = fault && 'text' in fault ? fault.text : JSON.stringify(reply);
  const stop = fault && 'refusal' in fault ? 'refusal' : 'end_turn';
  if (body.stream) return streamed(response, { body, said, stop, usage });
  json(response, 200, {
    ...messageOf(body),
    content: [{ type: 'text', text: said }],
    stop_reason: stop,
    usage,
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
}

/** Batches are made, looked at, and read. */
async function batched(api: MessagesApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, id, results] = /batches(?:\/([^/?]+))?(\/results)?/.exec(request.url!) ?? [];
  if (request.method === 'POST') {
    const { requests } = JSON.parse(await textOf(request)) as {
      requests: MessagesApi['batches'][number]['requests'];
    };
    const fault = api.faults.shift() ?? api.always;
    if (fault && 'hang' in fault) return;
    if (fault && 'cut' in fault) return void response.destroy();
    if (fault && 'status' in fault) return refuse(response, fault);
    api.batches.push({ id: `batch_${randomUUID()}`, requests, ended: false });
    return json(response, 200, batchOf(api, api.batches.at(-1)!));
  }
  const batch = api.batches.find((one) => one.id === id);
  if (!batch) return refuse(response, { status: 404 });
  if (!results) return json(response, 200, batchOf(api, batch));
  response.writeHead(200, { 'content-type': 'application/x-jsonl' });
  for (const { custom_id, params } of batch.requests) {
    const content = [{ type: 'text', text: JSON.stringify(api.reply) }];
    const message = { ...messageOf(params), content, stop_reason: 'end_turn', usage: api.usage };
    response.write(`${JSON.stringify({ custom_id, result: { type: 'succeeded', message } })}\n`);
  }
  response.end();
}

const batchOf = ({ url }: MessagesApi, { id, ended }: MessagesApi['batches'][number]) => ({
  id,
  type: 'message_batch',
  processing_status: ended ? 'ended' : 'in_progress',
  results_url: ended ? `${url}/v1/messages/batches/${id}/results` : null,
});

const messageOf = ({ model }: Asked['body']) => ({
  id: 'msg_test',
  type: 'message',
  role: 'assistant',
  model,
  content: [],
  stop_reason: null,
  stop_sequence: null,
});

function refuse(response: ServerResponse, { status, retryAfter }: Extract<Fault, { status: number }>): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  const type = status === 429 ? 'rate_limit_error' : status === 529 ? 'overloaded_error' : 'api_error';
  json(response, status, { type: 'error', error: { type, message: `told to answer ${status}` } });
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test' });
  response.end(JSON.stringify(body));
}

type Streaming = { body: Asked['body']; said: string; stop: string; usage: MessagesApi['usage'] };

/** Server-sent events, a few characters each. */
async function streamed(response: ServerResponse, { body, said, stop, usage }: Streaming): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (event: { type: string }) =>
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  const { output_tokens, ...input } = usage;
  send({
    type: 'message_start',
    message: { ...messageOf(body), usage: { ...input, output_tokens: 1 } },
  } as never);
  send({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as never);
  for (let at = 0; at < said.length; at += 5) {
    send({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: said.slice(at, at + 5) },
    } as never);
    await sleep(1);
  }
  send({ type: 'content_block_stop', index: 0 } as never);
  send({
    type: 'message_delta',
    delta: { stop_reason: stop, stop_sequence: null },
    usage: { output_tokens },
  } as never);
  send({ type: 'message_stop' });
  response.end();
}
