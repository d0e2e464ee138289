import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { afterEach, it } from 'node:test';
import { Refused } from '../gateway/http/problems.js';
import type { Engine } from './engine.js';
import { HealthController } from './health.controller.js';
import { partsOf } from './health-parts.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** Says this to whoever comes; `port` of one that has gone when it says nothing. */
async function saying(words: string | null): Promise<number> {
  const server = createServer((socket) => socket.resume().end(words ?? '')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  if (words === null) await new Promise((resolve) => server.close(resolve));
  else servers.push(server);
  return port;
}

const fine = async () => [];
const away = async () => Promise.reject(new Error('away'));

/** An engine that uses everything, of which some parts are away. */
async function engineWithout(...missing: string[]): Promise<Engine> {
  const is = (name: string) => (missing.includes(name) ? away : fine);
  const [mail, embedder] = [
    await saying(missing.includes('mail') ? null : '220 mail.example ESMTP\r\n'),
    await saying(missing.includes('embedder') ? null : 'HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n'),
  ];
  const voice = { breaker: missing.includes('voice') ? 'open' : 'closed', trouble: null };
  const status = [{ name: 'sessions', state: missing.includes('projections') ? 'retrying' : 'live' }];
  const pool = { query: is('database') };
  return {
    stores: {
      log: { health: () => ({ breaker: 'closed', trouble: null, underWay: 0, waiting: 0 }), head: is('log') },
      pool,
      reads: { query: is('replica') },
    },
    settings: {
      AGL_SMTP_URL: `smtp://127.0.0.1:${mail}`,
      AGL_EMBEDDINGS_URL: `http://127.0.0.1:${embedder}`,
      ANTHROPIC_API_KEY: 'a-key',
    },
    followers: {
      voice: missing.includes('followers') ? away : async () => voice,
      status: async () => status,
    },
    redis: { ping: is('redis') },
    vectors: { published: is('vectors') },
  } as unknown as Engine;
}

const readyOf = (engine: Engine) =>
  new HealthController(
    partsOf(engine),
    engine.stores.log.health,
    () => engine.followers.voice().catch(() => null),
    new AbortController().signal,
  ).ready();

const names = ['log', 'database', 'replica', 'redis', 'vectors', 'embedder', 'voice', 'mail'];
const all = [...names, 'followers', 'projections'];
const states = (down: string[]) =>
  Object.fromEntries(all.map((one) => [one, down.includes(one) ? 'down' : 'ok']));

it('tells of every part that it is well', async () => {
  const { status, parts } = await readyOf(await engineWithout());
  assert.deepEqual({ status, parts }, { status: 'ok', parts: states([]) });
});

for (const part of all.filter((one) => one !== 'log')) {
  it(`goes on without ${part}, and says so`, async () => {
    const { status, parts } = await readyOf(await engineWithout(part));
    // What needs the followers cannot be known without them.
    const down = part === 'followers' ? ['followers', 'voice'] : [part];
    assert.deepEqual({ status, parts }, { status: 'degraded', parts: states(down) });
  });
}

it('is not ready without the log', async () => {
  await assert.rejects(readyOf(await engineWithout('log')), (error: Refused) => {
    assert.equal(error.rejection.code, 'unavailable');
    return error instanceof Refused;
  });
});

it('does not ask for what is not used', async () => {
  const engine = await engineWithout();
  const { pool } = engine.stores;
  const plain = { ...engine, settings: {}, redis: null, stores: { ...engine.stores, reads: pool } } as Engine;
  const { status, parts } = await readyOf(plain);
  const off = { replica: 'off', redis: 'off', voice: 'off', mail: 'off' };
  assert.deepEqual({ status, parts }, { status: 'ok', parts: { ...states([]), ...off } });
});
