import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { LogUnavailable } from '../../eventstore/log.js';
import { createTokens, type TokenClaims } from '../../gateway/auth/player-tokens.js';
import { projections } from '../../projections/index.js';
import { withRebuildLocks } from '../../projections/rebuild/lock.js';
import { wholeGroups } from '../../projections/together.js';
import type { Engine } from '../engine.js';
import { ask, seat } from '../faults/testing/studio.js';
import {
  type Answer,
  type Call,
  Checked,
  type Document,
  type Operation,
  operationsIn,
} from './testing/checked.js';
import { openInside, whileLog } from './testing/inside.js';
import {
  type Aim,
  byOthers,
  eventsTo,
  malformed,
  naming,
  type People,
  unheardOf,
} from './testing/refused.js';
import { everything } from './testing/well.js';
import {
  ADMIN_KEY,
  byKey,
  byLogin,
  byOperator,
  byPlayer,
  settleTenant,
  type Tenant,
} from './testing/world.js';

/** Documented, as a bug may be anywhere; but here is nothing that could be made to fail. */
const NOT_PROVOKED: Record<string, string> = {
  'GET /health/live internal': 'it asks nobody',
  'GET /auth/verify-email internal': 'it asks nobody',
  'GET /health/ready internal': 'whatever it asks may fail: that is what it tells',
  'GET /metrics internal': 'whatever it asks may fail: that is left out',
};

const DISCARD = 'DELETE /projections/{name}/rebuild';
/** Of each address so many a second: more than it takes to begin, less than a slow machine answers. */
const RATE = 20;

describe('every no that the document names', {
  skip: existsSync('/proc/self/task') ? false : 'it finds its processes in /proc',
}, () => {
  let engine: Engine;
  let checked: Checked;
  let ours: Tenant;
  let aims: Map<string, Aim>;
  const provoked = new Set<string>();

  before(async () => {
    engine = await openInside({
      AGL_ADMIN_KEY: ADMIN_KEY,
      AGL_LIMIT_ADDRESS: String(RATE),
      AGL_TRUSTED_PROXIES: 'loopback',
    });
    const document = (await (await fetch(`${engine.url}/docs-json`)).json()) as Document;
    checked = new Checked(engine.url, document);
    ours = await aTenant('ours');
    const calls = everything(ours, { parked: '1' }, 'no token');
    aims = new Map(
      operationsIn(document).map((one) => [one.name, { operation: one, call: calls[one.name]! }]),
    );
  });
  after(() => engine?.stop());

  const aTenant = async (name: string): Promise<Tenant> => ({
    ...(await settleTenant(engine.url, name)),
    ...{ actionId: randomUUID(), memoryId: randomUUID(), insight: 'none' },
  });
  const tokenOf = async (claims: TokenClaims): Promise<string> =>
    (await createTokens(engine.secrets.keysForTokens, () => new Date()).issue(claims)).token;

  let addresses = 0;
  const anotherAddress = () => `fd00::${(++addresses).toString(16)}`;

  /** Whatever comes has to be documented, and is noted. */
  async function send(name: string, call: Call, address = anotherAddress()): Promise<Answer> {
    const headers = { ...call.headers, 'x-forwarded-for': address };
    const answer = await checked.send(aims.get(name)!.operation, { ...call, headers });
    if (answer.status >= 400) provoked.add(`${name} ${answer.body.code}`);
    return answer;
  }
  const refused = async (code: string, name: string, call: Call): Promise<void> => {
    const { status, body } = await send(name, call);
    assert.equal(body.code, code, `${name} → ${status} ${JSON.stringify(body)}`);
  };
  /** All that comes undocumented is told together. */
  async function sendAll(callsTo: (aim: Aim) => Call[]): Promise<void> {
    const wrong: string[] = [];
    for (const [name, aim] of aims)
      for (const call of callsTo(aim)) await send(name, call).catch((error) => wrong.push(error.message));
    assert.deepEqual(wrong, []);
  }

  it('to whoever may not ask', async () => {
    const { studio, clientId, players } = ours;
    const asked = { base: engine.url, apiKey: studio.apiKey };
    const config = { origins: ['https://here.example'] };
    const { id: gameId } = await ask<{ id: string }>(asked, '/games', { name: 'Here', config });
    const here = byPlayer(await seat({ ...asked, gameId }, 'here'));
    const gone = await seat(studio, 'gone');
    await ask(studio, `/players/${gone.id}/erase`, {});
    const people: People = {
      known: {
        ...{ apiKey: byKey(ours), loginToken: byLogin(ours) },
        ...{ playerToken: byPlayer(players[0]), adminKey: byOperator },
      },
      elsewhere: { ...here, origin: 'https://elsewhere.example' },
      erased: byPlayer(gone),
    };
    await sendAll((aim) => byOthers(aim, people));
    await sendAll((aim) => naming(gone.id, aim));
    await refused('unauthorized', 'POST /auth/login', { body: { ...ours.account, password: 'wrong one' } });
    await refused('unauthorized', 'POST /auth/verify-email', { body: { token: 'no token' } });
    const token = await tokenOf({ kind: 'email', clientId: `${clientId}0` });
    await refused('not_found', 'POST /auth/verify-email', { body: { token } });
  });

  it('to what cannot be read, and what is not there', async () => {
    await sendAll(malformed);
    await sendAll((aim) => naming('nobody', aim));
  });

  it('to events that are none, and those that are too many', async () => {
    const poor = await aTenant('poor');
    const path = { id: poor.clientId };
    const { status } = await send('PATCH /clients/{id}', {
      ...{ path, headers: byOperator, body: { tier: 'free', quota: 0 } },
    });
    assert.equal(status, 200);
    const of = async (code: string, { studio, players: [player] }: Tenant, event: object) => {
      for (const [name, call] of Object.entries(eventsTo(studio.gameId, player.id, event)))
        await refused(code, name, { ...call, headers: byPlayer(player) });
    };
    await of('bad_event', ours, { type: 'player.kill', at: '1999-12-31T23:59:59Z' });
    await of('unknown_type', ours, { type: 'player.sneeze' });
    await of('quota_exceeded', poor, { type: 'player.kill' });
  });

  it('to what stands in the way of something else', async () => {
    await refused('conflict', 'POST /auth/register', { body: { name: 'Again', ...ours.account } });
    const { headers, path } = aims.get('PATCH /clients/{id}')!.call as Required<Call>;
    await refused('conflict', 'PATCH /clients/{id}', { headers, path, body: { tier: 'pro' } });
    const aKey = () => send('POST /auth/keys', { headers: byLogin(ours), body: {} });
    for (let status = 0; status !== 409; ) ({ status } = await aKey());
    const group = wholeGroups(projections, ['players']);
    await withRebuildLocks(engine.stores.pool, group, () =>
      refused('conflict', DISCARD, aims.get(DISCARD)!.call),
    );
  });

  it('while the log is away, and when there is a bug', async () => {
    const token = await tokenOf({ kind: 'email', clientId: 'f'.repeat(20) });
    const unheard: Record<string, Call> = {
      'POST /auth/login': { body: { email: 'nobody@example.com', password: 'long enough' } },
      'POST /auth/verify-email': { body: { token } },
    };
    // Who was here a moment ago is known by heart, and gets as far as the operation itself.
    const calls = ({ operation, call }: Aim): Call[] =>
      operation.security.length > 0
        ? [call, { ...call, headers: unheardOf() }]
        : [unheard[operation.name] ?? call];
    await whileLog(engine, new LogUnavailable('away'), () => sendAll(calls));
    await whileLog(engine, new Error('planted'), () => sendAll(calls));
  });

  it('to whoever asks too often', async () => {
    const flooded = anotherAddress();
    for (const name of aims.keys())
      while ((await send(name, {}, flooded)).status !== 429)
        await Promise.all(Array.from({ length: RATE }, () => send('GET /health/live', {}, flooded)));
  });

  it('has come, but for those of which it is said here why they cannot', () => {
    const documented = [...aims.values()].flatMap(({ operation }) =>
      codesOf(operation).map((code) => `${operation.name} ${code}`),
    );
    assert.ok(documented.length > 400, String(documented.length));
    const missing = documented.filter((pair) => !provoked.has(pair));
    assert.deepEqual(missing.sort(), Object.keys(NOT_PROVOKED).sort());
  });
});

type OfProblem = { properties: { code: { enum: string[] } } };

const codesOf = ({ responses }: Operation): string[] =>
  Object.values(responses).flatMap(({ content }) => {
    const problem = content['application/problem+json'];
    return problem ? (problem.schema as OfProblem).properties.code.enum : [];
  });
