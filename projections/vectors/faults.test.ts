import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../eventstore/testing/events.js';
import { openProxy } from '../../eventstore/testing/proxy.js';
import { describeProcess, postmasterPid } from '../embedded-postgres/postmaster.js';
import { type TestServer, testServer } from '../testing/database.js';
import { clientOf } from './client.qdrant.js';
import { pointOf, randomUnits } from './testing/points.js';
import { type QdrantServer, startQdrant } from './testing/qdrant-server.js';
import { type VectorStore, VectorsUnavailable } from './vectors.js';
import { vectorsInPostgres } from './vectors.pg.js';
import { vectorsInQdrant } from './vectors.qdrant.js';

const next = randomUnits(8);
const ask = { playerId: 'ann', vector: next(), limit: 1_000 };
const rows = async (store: VectorStore) => (await store.search('memories', ask)).length;

async function filled(store: VectorStore): Promise<void> {
  await store.create('one', { dimension: 8, model: 'm' });
  await store.upsert('one', [pointOf('ann', next()), pointOf('ann', next())]);
  await store.publish('memories', 'one');
}

/** Each of the port's calls, as one that fails must fail. */
const calls: Record<string, (store: VectorStore) => Promise<unknown>> = {
  create: (store) => store.create('two', { dimension: 8, model: 'm' }),
  upsert: (store) => store.upsert('one', [pointOf('ann', next())]),
  remove: (store) => store.remove('one', 'ann', ['00000001-aaaa-4bbb-8ccc-0000000000dd']),
  removePlayer: (store) => store.removePlayer('one', 'ben'),
  search: (store) => store.search('memories', ask),
  publish: (store) => store.publish('memories', 'one'),
  published: (store) => store.published('memories'),
  drop: (store) => store.drop('two'),
  has: (store) => store.has('one'),
  digest: (store) => store.digest('one'),
};

describe('Qdrant', () => {
  const opened: QdrantServer[] = [];
  const serve: typeof startQdrant = async (options) => {
    const server = await startQdrant(options);
    opened.push(server);
    return server;
  };
  after(() => Promise.all(opened.map((server) => server.kill())));

  it('killed and back: every call says unavailable meanwhile, and is right again by itself', async () => {
    const server = await serve();
    const store = vectorsInQdrant({ url: server.url });
    await filled(store);
    await server.kill();
    for (const [name, call] of Object.entries(calls))
      await assert.rejects(call(store), VectorsUnavailable, name);
    await serve({ port: server.port, store: server.store });
    for (const [name, call] of Object.entries(calls)) await assert.doesNotReject(call(store), name);
    assert.equal(await rows(store), 3);
  });

  it('gone silent, or cut off in the middle: unavailable within its time, whole again after it', async () => {
    const server = await serve();
    const proxy = await openProxy(server.port);
    const url = `http://127.0.0.1:${proxy.port}`;
    const store = vectorsInQdrant({ url, searchMs: 150, writeMs: 300 });
    await filled(vectorsInQdrant({ url: server.url }));
    proxy.mute();
    const point = pointOf('ann', next());
    await assert.rejects(store.upsert('one', [point]), VectorsUnavailable);
    await assert.rejects(store.search('memories', ask), VectorsUnavailable);
    const heard = server.asked.length;
    const cut = assert.rejects(vectorsInQdrant({ url }).search('memories', ask), VectorsUnavailable);
    await until(() => server.asked.length > heard);
    proxy.cut();
    await cut;
    // What was written without an answer is there; written again it is there once.
    const patient = vectorsInQdrant({ url });
    await patient.upsert('one', [point]);
    assert.equal(await rows(patient), 3);
    proxy.close();
  });

  const answers: Record<string, { status: number; text: string }> = {
    'a page of a proxy': { status: 502, text: '<html>Bad Gateway</html>' },
    'a page with the status of success': { status: 200, text: '<html>Welcome</html>' },
    'a page with the status of something missing': { status: 404, text: '<html>Not Found</html>' },
    'nothing at all': { status: 200, text: '' },
    null: { status: 200, text: 'null' },
    'no result': { status: 200, text: '{}' },
    'a result of another form': { status: 200, text: '{"result":7}' },
    'too many requests': { status: 429, text: '{"status":{"error":"slow down"}}' },
    'an error of its own': { status: 500, text: '{"status":{"error":"disk"}}' },
    'a write that is only noted': { status: 200, text: '{"result":{"status":"acknowledged"}}' },
  };
  it('what is no answer of its own is unavailable, and never an empty result', async () => {
    const server = await serve();
    const store = vectorsInQdrant({ url: server.url });
    await filled(store);
    for (const [name, answer] of Object.entries(answers)) {
      server.instead = () => answer;
      for (const call of ['upsert', 'removePlayer', 'search', 'published', 'has', 'digest'])
        await assert.rejects(calls[call]!(store), VectorsUnavailable, `${call}: ${name}`);
    }
    server.instead = null;
    assert.equal(await rows(store), 2);
  });

  it("never gives away another player's point, whatever the server answers", async () => {
    const server = await serve();
    const store = vectorsInQdrant({ url: server.url });
    await filled(store);
    const [hit] = await store.search('memories', ask);
    const payload = { ...hit!.payload, playerId: 'ben', id: hit!.id };
    server.instead = () => ({
      status: 200,
      text: JSON.stringify({ result: { points: [{ id: hit!.id, version: 0, score: 1, payload }] } }),
    });
    await assert.rejects(store.search('memories', ask), VectorsUnavailable);
  });

  it('a key that is not taken is said, a right one is sent', async () => {
    const server = await serve({ apiKey: 'secret' });
    await filled(vectorsInQdrant({ url: server.url, apiKey: 'secret' }));
    const denied = vectorsInQdrant({ url: server.url, apiKey: 'wrong' });
    await assert.rejects(denied.search('memories', ask), (error: Error) => {
      assert.ok(error instanceof VectorsUnavailable);
      assert.match(error.message, /QDRANT_API_KEY/);
      return !error.message.includes('wrong');
    });
  });

  it('is called at the address that was given', () => {
    const addresses = {
      'http://qdrant': 'http://qdrant:6333',
      'https://x.cloud:6334/': 'https://x.cloud:6334',
      'https://x.cloud:443': 'https://x.cloud:443',
      'https://proxy:8443/some/qdrant/': 'https://proxy:8443/some/qdrant',
      'http://[::1]:7000': 'http://[::1]:7000',
    };
    for (const [url, called] of Object.entries(addresses))
      assert.equal(Reflect.get(clientOf({ url }, 1_000), '_restUri'), called);
  });
});

describe('Postgres', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer();
  });
  after(() => server.stop());

  const postmaster = async (other?: number): Promise<number> => {
    for (;;) {
      const pid = await postmasterPid(join(server.dir, 'data'));
      if (pid !== null && pid !== other && (await describeProcess(pid))) return pid;
      await sleep(20);
    }
  };
  /** Until the next one is there: who serves a connection goes on for a moment without it. */
  const killPostmaster = async () => {
    const pid = await postmaster();
    process.kill(pid, 'SIGKILL');
    await postmaster(pid);
  };

  it('killed and back, again and again: unavailable meanwhile; what was written is there, once', async () => {
    const { pool } = await server.fresh();
    const store = vectorsInPostgres({ pool });
    await filled(store);
    const written = new Set((await store.search('memories', ask)).map(({ id }) => id));
    let unavailable = 0;
    const patiently = async (call: () => Promise<unknown>) => {
      for (;;) {
        try {
          return await call();
        } catch (error) {
          assert.ok(error instanceof VectorsUnavailable, String(error));
          unavailable++;
          await sleep(20);
        }
      }
    };
    for (let round = 0; round < 2; round++) {
      const killed = sleep(100).then(killPostmaster);
      for (let nth = 0; nth < 60; nth++) {
        const point = pointOf('ann', next());
        await patiently(() => store.upsert('one', [point]));
        written.add(point.id);
        await patiently(() => rows(store));
      }
      await killed;
    }
    await until(async () => (await rows(store).catch(() => -1)) === written.size);
    const hits = await store.search('memories', ask);
    assert.deepEqual(new Set(hits.map(({ id }) => id)), written);
    assert.equal((await vectorsInPostgres({ pool }).digest('one')).rows, written.size);
    assert.ok(unavailable > 0, 'it was never away');
  });

  it('many who write and ask at once wait for nobody for ever, and see what they wrote', async () => {
    const { pool } = await server.fresh();
    const stores = [vectorsInPostgres({ pool }), vectorsInPostgres({ pool, cacheBytes: 3_000 })];
    await filled(stores[0]!);
    const players = ['ann', 'ben', 'cid', 'dan'];
    const writer = async (nth: number) => {
      for (let round = 0; round < 12; round++) {
        const order = (nth + round) % 2 ? players : [...players].reverse();
        const points = order.map((playerId) => pointOf(playerId, next()));
        await stores[nth % 2]!.upsert('one', points);
        const playerId = players[round % 4]!;
        const hits = await stores[round % 2]!.search('memories', { ...ask, playerId });
        const mine = points.find((point) => point.playerId === playerId)!;
        assert.ok(hits.some(({ id }) => id === mine.id));
        if (round % 3 === 0) await stores[round % 2]!.remove('one', playerId, [mine.id]);
      }
    };
    await Promise.all([0, 1, 2, 3, 4, 5].map(writer));
    for (const playerId of players) {
      const held = await Promise.all(
        [...stores, vectorsInPostgres({ pool })].map((store) =>
          store.search('memories', { ...ask, playerId }),
        ),
      );
      assert.deepEqual(held[0], held[2]);
      assert.deepEqual(held[1], held[2]);
    }
  });
});
