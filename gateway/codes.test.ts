import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { openQuota } from '../commands/quota/quota.js';
import { LogUnavailable } from '../eventstore/log.js';
import { type MemoryLog, memoryLog } from '../eventstore/testing/memory-log.js';
import { type ErrorCode, errorCodes } from '../sdk/protocol.js';
import { statusOf } from './openapi/problem.js';
import {
  type Answer,
  aGame,
  anEventFrame,
  aPlayer,
  aStudio,
  call,
  type Studio,
  type TestPlayer,
  TestSocket,
} from './testing/client.js';
import { ADMIN_KEY, startTestEngine, type TestEngine } from './testing/engine.js';

let log: MemoryLog;
let engine: TestEngine;
let studio: Studio;
let player: TestPlayer;
let socket: TestSocket;

before(async () => {
  log = memoryLog();
  const now = () => new Date();
  engine = await startTestEngine(log, {
    rates: { player: { perSecond: 1, burst: 40 } },
    quotaBy: (limitOf) => openQuota({ limitOf, now, warn: () => undefined }),
  });
  studio = await aStudio(engine);
  player = await aPlayer(engine, studio, await aGame(engine, studio));
  socket = await TestSocket.enter(engine, player.token);
});
after(async () => {
  socket.close();
  await engine.stop();
});

const post = (path: string, body: unknown, headers: Record<string, string> = studio.key) =>
  call(engine, path, { body, headers });
const play = (event: object, { gameId, playerId } = player) =>
  post('/events', { gameId, playerId, events: [{ id: randomUUID(), type: 'player.kill', ...event }] });
const bearer = ({ token }: TestPlayer) => ({ authorization: `Bearer ${token}` });
const account = () => ({ name: 'S', email: `${randomUUID()}@example.com`, password: 'correct horse' });

/** A client of its own, since what it has used up stays used up. */
async function withoutQuota(): Promise<TestPlayer> {
  const poor = await aStudio(engine);
  const theirs = await aPlayer(engine, poor, await aGame(engine, poor));
  const { token } = await engine.tokens.issue({ kind: 'email', clientId: poor.clientId });
  await post('/auth/verify-email', { token });
  const headers = { 'x-api-key': ADMIN_KEY };
  const body = { tier: 'standard', quota: 0 };
  const changed = await call(engine, `/clients/${poor.clientId}`, { method: 'PATCH', body, headers });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  return theirs;
}

async function whoWasErased(): Promise<TestPlayer> {
  const theirs = await aPlayer(engine, studio, player.gameId);
  const { status } = await post(`/players/${theirs.playerId}/erase`, {});
  assert.ok(status < 300, 'it is promised, whoever carries it out');
  return theirs;
}

async function whileLog<T>(fails: Error, ask: () => Promise<T>): Promise<T> {
  const fail = () => {
    throw fails;
  };
  log.faults = { beforeAppend: fail, beforeRead: fail };
  return ask().finally(() => {
    log.faults = {};
  });
}

const overHttp: Record<ErrorCode, () => Promise<Answer>> = {
  bad_frame: () => post('/games', { name: 7 }),
  bad_event: () => play({ at: '1999-12-31T23:59:59Z' }),
  unknown_type: () => play({ type: 'player.sneeze' }),
  too_large: () => play({ data: { name: 'x', more: 'x'.repeat(17 * 1024) } }),
  unauthorized: () => post('/games', { name: 'G' }, {}),
  forbidden: () => post('/games', { name: 'G' }, bearer(player)),
  async rate_limited() {
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push(await post('/auth/verify-email/resend', {}));
    return answers.at(-1)!;
  },
  async quota_exceeded() {
    const { gameId, playerId, token } = await withoutQuota();
    const events = [{ id: randomUUID(), type: 'player.kill' }];
    return post('/events', { gameId, playerId, events }, { authorization: `Bearer ${token}` });
  },
  async conflict() {
    const twice = account();
    await post('/auth/register', twice);
    return post('/auth/register', twice);
  },
  not_found: () => play({}, { ...player, playerId: 'nobody' }),
  erased: async () => play({}, await whoWasErased()),
  unavailable: () => whileLog(new LogUnavailable('away'), () => play({})),
  internal: () => whileLog(new Error('planted'), () => post('/auth/register', account())),
};

type Refused = { code?: unknown };
const ask = async (frame: { id: string }): Promise<Refused> => (await socket.ask(frame)) as Refused;
const alone = async (send: (one: TestSocket) => void): Promise<Refused> => {
  const one = await TestSocket.open(engine);
  send(one);
  return one.next('error').finally(() => one.close());
};

/** A socket is one player's, who is there (`not_found`), and is closed to pages of other origins (`forbidden`). */
const overWebSocket: Record<Exclude<ErrorCode, 'forbidden' | 'not_found'>, () => Promise<Refused>> = {
  bad_frame: () => alone((one) => one.send('no JSON')),
  bad_event: () => ask({ ...anEventFrame(), event: { type: 'player.kill', at: 'now' } } as never),
  unknown_type: () => ask(anEventFrame('player.sneeze')),
  too_large: () => ask(anEventFrame('player.kill', { more: 'x'.repeat(17 * 1024) })),
  unauthorized: () => alone((one) => one.send({ type: 'hello', protocol: 1, token: 'none' })),
  async rate_limited() {
    const busy = await TestSocket.enter(engine, (await aPlayer(engine, studio, player.gameId)).token);
    for (let n = 0; n < 80; n++) busy.send(anEventFrame());
    return busy.next('error').finally(() => busy.close());
  },
  async quota_exceeded() {
    const poor = await TestSocket.enter(engine, (await withoutQuota()).token);
    return (poor.ask(anEventFrame()) as Promise<Refused>).finally(() => poor.close());
  },
  conflict: () => {
    socket.send({ type: 'hello', protocol: 1, token: player.token });
    return socket.next('error', ({ code }) => code === 'conflict');
  },
  async erased() {
    const { token } = await whoWasErased();
    return alone((one) => one.send({ type: 'hello', protocol: 1, token }));
  },
  unavailable: () => whileLog(new LogUnavailable('away'), () => ask(anEventFrame())),
  internal: () => whileLog(new Error('planted'), () => ask(anEventFrame())),
};

describe('each code of the closed list', () => {
  for (const [code, provoke] of Object.entries(overHttp))
    it(`${code} is what HTTP answers`, async () => {
      const { status, type, body } = await provoke();
      assert.deepEqual([body.code, status], [code, statusOf[code as ErrorCode]], JSON.stringify(body));
      assert.match(type, /^application\/problem\+json/);
    });

  for (const [code, provoke] of Object.entries(overWebSocket))
    it(`${code} is what a WebSocket hears`, async () => {
      const refused = await provoke();
      assert.equal(refused.code, code, JSON.stringify(refused));
    });

  it('has a case here', () => {
    assert.deepEqual(Object.keys(overHttp).sort(), [...errorCodes].sort());
  });
});
