import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { afterEach, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from '../gateway/http/problems.js';
import type { Engine } from './engine.js';
import { HealthController } from './health.controller.js';
import { partsOf } from './health-parts.js';
import { shared } from './in-time.js';

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

const healthOf = (engine: Engine) =>
  new HealthController(
    partsOf(engine),
    engine.stores.log.health,
    () => engine.followers.voice().catch(() => null),
    new AbortController().signal,
  );
const readyOf = (engine: Engine) => healthOf(engine).ready();

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

it('answers while the thread that it asks hangs', { timeout: 60_000 }, async () => {
  const engine = await engineWithout();
  engine.followers.voice = () => new Promise(() => {});
  const { status, parts, voice } = await readyOf(engine);
  assert.deepEqual(
    { status, parts, voice },
    { status: 'degraded', parts: states(['voice', 'followers']), voice: null },
  );
});

it('asks others once, however many ask it at once', async () => {
  const engine = await engineWithout();
  let asked = 0;
  engine.stores.log.head = async () => ++asked;
  const health = healthOf(engine);
  const answers = await Promise.all([1, 2, 3].map(() => health.ready()));
  assert.deepEqual([asked, new Set(answers).size], [1, 1]);
});

it('keeps an answer for a while alone, be it a good one or none', { timeout: 60_000 }, async () => {
  let asked = 0;
  const ask = shared(20, async () => {
    asked++;
    throw new Error('away');
  });
  while (asked < 3) {
    await assert.rejects(ask(), { message: 'away' });
    await sleep(5);
  }
});

it('takes its leave of the mail server', async () => {
  let said = '';
  const server = createServer((socket) => {
    socket.setEncoding('utf8').on('data', (words) => {
      said += words;
    });
    socket.write('220 mail.example ESMTP\r\n');
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const engine = await engineWithout();
  const { port } = server.address() as { port: number };
  engine.settings.AGL_SMTP_URL = `smtp://127.0.0.1:${port}`;
  const gone = new Promise((resolve) => server.once('connection', (socket) => socket.once('close', resolve)));
  assert.equal((await readyOf(engine)).parts.mail, 'ok');
  await gone;
  assert.equal(said, 'QUIT\r\n');
});
