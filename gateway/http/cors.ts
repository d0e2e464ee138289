import type { ServerResponse } from 'node:http';

type Request = { method: string; headers: Record<string, unknown> };
type Reply = { raw: ServerResponse; code(status: number): Reply; send(): Reply };
type Hooked = {
  addHook(name: 'onRequest', hook: (request: Request, reply: Reply) => Promise<unknown>): unknown;
};

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type, last-event-id',
  'access-control-max-age': '600',
};
const EXPOSED = 'retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset, ratelimit-policy';

/**
 * Pages of any origin may ask (Fetch standard, "CORS protocol"): nothing is known of a browser but the token that its page sends, and
 * for that the game says which pages may (`config.origins`). API keys are not for pages: no preflight lets one through.
 */
export function letPagesAsk(server: Hooked): void {
  server.addHook('onRequest', async ({ method, headers }, reply) => {
    if (headers.origin === undefined) return;
    // On the raw answer, which streams of events are written to by themselves.
    reply.raw.setHeader('access-control-allow-origin', '*');
    reply.raw.setHeader('access-control-expose-headers', EXPOSED);
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return;
    for (const [name, value] of Object.entries(PREFLIGHT)) reply.raw.setHeader(name, value);
    return reply.code(204).send();
  });
}
