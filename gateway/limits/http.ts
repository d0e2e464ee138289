import type { Door } from '../door.js';
import { answerProblem, type Reply } from '../http/problems.js';
import type { Taken } from './bucket.js';
import { whoIs } from './limits.js';

type Request = { ip: string; headers: object };
type Hooked = {
  addHook(name: 'onRequest' | 'onSend', hook: (request: Request, reply: Reply) => Promise<unknown>): unknown;
};

/**
 * Every request takes one of its address before anything else is done for it. Answers tell how it stands, by the header fields that
 * clients know (`RateLimit-*`, IETF draft-ietf-httpapi-ratelimit-headers): of the caller where it is known, else of the address.
 */
export function limitHttp(server: Hooked, { limits, verdicts }: Pick<Door, 'limits' | 'verdicts'>): void {
  server.addHook('onRequest', async (request, reply) => {
    const taken = await limits.address(whoIs(request.ip));
    if (!taken) return;
    verdicts.set(request.headers, taken);
    if (!taken.refused) return;
    tell(reply, taken);
    answerProblem(reply, taken.refused);
    return reply;
  });
  server.addHook('onSend', async (request, reply) => {
    const taken = verdicts.get(request.headers);
    if (taken) tell(reply, taken);
  });
}

function tell(reply: Reply, { limit, remaining, resetMs }: Taken): void {
  reply.header('ratelimit-limit', String(limit));
  reply.header('ratelimit-remaining', String(remaining));
  reply.header('ratelimit-reset', String(Math.ceil(resetMs / 1000)));
  reply.header('ratelimit-policy', `${limit};w=1`);
}
