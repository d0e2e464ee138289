import assert from 'node:assert/strict';
import { Agent, type IncomingMessage, request } from 'node:http';
import fc from 'fast-check';
import { rejectionCodes } from '../../../domain/kernel/rejection.js';
import type { Call, Operation } from './checked.js';
import { innerIn, type Mutate, mutation, nastyText, secretIn } from './nasty.js';
import { endings, everything, ofOperator } from './well.js';
import { byKey, byOperator, byPlayer, type Tenant } from './world.js';

/** What is sent instead of, or beside, a call that would go well. */
type Plan = {
  which: number;
  who: 'usual' | 'nobody' | 'player' | 'junk';
  /** What stands in the path: ids of one's own, of the other tenant, or none. */
  path: 'ours' | 'theirs' | 'junk';
  junk: string;
  query: Record<string, string> | null;
  method: string | null;
  mutate: Mutate | null;
  type: string;
  headers: Record<string, string>;
};

const mostly = <T>(usual: T, seldom: fc.Arbitrary<T>, weight = 8): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: seldom });

const terms = [
  'limit',
  'from',
  'to',
  'at',
  'q',
  'kind',
  'after',
  'gameId',
  'limit[]',
  '__proto__',
  'toString',
];
const heads = [
  'accept',
  'origin',
  'last-event-id',
  'range',
  'expect',
  'if-none-match',
  'x-forwarded-for',
  'cookie',
];
const paths = [
  '%',
  '%zz',
  '%00',
  '%ff%fe',
  '..%2f..%2fetc',
  '%2e%2e',
  '*',
  ';a=b',
  'x'.repeat(9_000),
  '%F0%9F',
];
const types = [
  'text/plain',
  '',
  'application/json; charset=utf-16',
  'multipart/form-data',
  'application/xml',
  '/;=;',
];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'M-SEARCH'];

const plan: fc.Arbitrary<Plan> = fc.record({
  which: fc.nat(),
  who: mostly<Plan['who']>('usual', fc.constantFrom('nobody', 'player', 'junk'), 4),
  path: fc.constantFrom('ours', 'ours', 'theirs', 'junk'),
  junk: fc.oneof(fc.constantFrom(...paths), nastyText.map(encoded)),
  query: fc.option(fc.dictionary(fc.constantFrom(...terms), nastyText, { maxKeys: 3 }), { freq: 2 }),
  method: mostly<string | null>(null, fc.constantFrom(...methods)),
  mutate: fc.option(mutation, { freq: 6 }),
  type: mostly('application/json', fc.constantFrom(...types)),
  headers: mostly({}, fc.dictionary(fc.constantFrom(...heads), nastyText.map(printable), { maxKeys: 2 })),
});

function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e\x80-\xff]/g, '');
}

type Sent = { method: string; path: string; headers: Record<string, string>; body?: string };
export type Parties = { operations: Operation[]; ours: Tenant; theirs: Tenant; parked: string };

/** What a plan comes to. `late`: what ends one's own game or key may be asked now. */
function requestsBy({ operations, ours, theirs, parked }: Parties) {
  const [own, other] = [everything(ours, { parked }, 'x'), everything(theirs, { parked }, 'x')];
  const final = new Set(Object.keys(endings(ours, {})));
  const operators = new Set(Object.keys(ofOperator(ours, { parked }, {})));
  return (made: Plan, late: boolean): Sent => {
    const operation = operations[made.which % operations.length]!;
    const { name } = operation;
    const where = made.path === 'ours' && final.has(name) && !late ? 'theirs' : made.path;
    const call = structuredClone(own[name] ?? {}) as Call;
    const ids = where === 'theirs' ? other[name]?.path : call.path;
    const path = operation.path.replace(/\{(\w+)\}/g, (_, key: string) =>
      where === 'junk' ? made.junk : encodeURIComponent(ids?.[key] ?? 'nobody'),
    );
    const query = new URLSearchParams(made.query ?? call.query).toString();
    const { body } = call;
    const text = made.mutate && body ? made.mutate(body as Record<string, unknown>) : JSON.stringify(body);
    // An operator may do to anybody what is asked, and to build a read model anew takes a while.
    const usual =
      operators.has(name) && (where !== 'ours' || name.includes('rebuild')) ? byKey(ours) : call.headers;
    const who = {
      usual,
      nobody: {},
      player: byPlayer(ours.players[0]),
      junk: { 'x-api-key': printable(made.junk) },
    };
    return {
      method: made.method ?? operation.method,
      path: query ? `${path}?${query}` : path,
      headers: {
        'x-forwarded-for': '10.6.6.6',
        ...made.headers,
        ...who[made.who],
        ...(text && { 'content-type': made.type }),
      },
      ...(text !== undefined && { body: text }),
    };
  };
}

type Heard = { status: number; type: string; text: string };

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** `null`: the connection was closed instead. Of a stream its beginning. */
function send(base: string, { method, path, headers, body }: Sent): Promise<Heard | null> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const asked = request({ agent, hostname, port, method, path, headers, timeout: 60_000 }, (answer) =>
      read(answer).then(resolve, () => resolve(null)),
    );
    asked.on('timeout', () =>
      reject(new Error(`no answer within a minute to ${JSON.stringify([method, path])}`)),
    );
    asked.on('error', () => resolve(null));
    asked.end(body);
  });
}

async function read(answer: IncomingMessage): Promise<Heard> {
  const type = answer.headers['content-type'] ?? '';
  let text = '';
  for await (const piece of answer.setEncoding('utf8')) {
    text += piece;
    if (type.startsWith('text/event-stream')) break;
  }
  return { status: answer.statusCode!, type, text };
}

/** What is wrong with a refusal; `null`: nothing. */
export function wrongIn({ status, type, text }: Heard): string | null {
  const inner = innerIn(text);
  if (inner) return `tells of the inside: ${inner}`;
  if (!type.startsWith('application/problem+json')) return 'is no problem document';
  const { code, status: said } = JSON.parse(text);
  if (!rejectionCodes.includes(code) || said !== status) return 'has no code of the list, or another status';
  return code === 'internal' ? 'is a bug' : null;
}

type Hostile = Parties & { url: string; secrets: readonly string[] };

/** Every answer is what was asked for or a problem document, and tells nothing. Returns how many answers there were of each status. */
export async function sendHostileRequests(
  hostile: Hostile,
  { count, seed }: { count: number; seed: number },
): Promise<Record<number, number>> {
  const plans = fc.sample(plan, { numRuns: count, seed });
  const requestOf = requestsBy(hostile);
  const statuses: Record<number, number> = {};
  let next = 0;
  const worker = async () => {
    while (next < plans.length) {
      const nth = next++;
      const sent = requestOf(plans[nth]!, nth > count * 0.9);
      const heard = await send(hostile.url, sent);
      statuses[heard?.status ?? 0] = (statuses[heard?.status ?? 0] ?? 0) + 1;
      if (!heard) continue;
      const told = JSON.stringify([seed, nth, sent, heard]).slice(0, 4_000);
      // Nothing is kept from the operator.
      if (!Object.values(sent.headers).includes(byOperator['x-api-key']))
        assert.equal(secretIn(heard.text, hostile.secrets), null, told);
      if (heard.status >= 400 && sent.method !== 'HEAD') assert.equal(wrongIn(heard), null, told);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return statuses;
}
