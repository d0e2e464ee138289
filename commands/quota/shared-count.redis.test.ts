import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Redis } from 'ioredis';
import { connectRedis } from '../connection.redis.js';
import { startRedis, type TestRedis } from '../voice/testing/redis.js';
import { countInRedis } from './shared-count.redis.js';

describe('a count in Redis', () => {
  let server: TestRedis | null;
  const connections: Redis[] = [];
  before(async () => {
    server = await startRedis();
    for (let nth = 0; server && nth < 3; nth++) connections.push(connectRedis(server.url, () => {}));
    for (const one of connections)
      if (one.status !== 'ready') await new Promise((ready) => one.once('ready', ready));
  });
  after(async () => {
    for (const one of connections) one.disconnect();
    await server?.stop();
  });

  it('adds what there is room for, whoever asks at once, and never more', async (t) => {
    if (!server) return t.skip('there is no redis-server here');
    const counts = connections.map(countInRedis);
    const asked = Array.from({ length: 60 }, (_, nth) =>
      counts[nth % 3]!.add('c:2026-03', { count: 7, known: 10, limit: 200 }),
    );
    const granted = (await Promise.all(asked)).reduce((sum, one) => sum + one.granted, 0);
    assert.equal(granted, 190);
    await counts[0]!.giveBack('c:2026-03', 30);
    assert.deepEqual(await counts[1]!.add('c:2026-03', { count: 50, known: 10, limit: 200 }), {
      granted: 30,
      used: 200,
    });
    assert.deepEqual(await counts[2]!.add('other:2026-03', { count: 50, known: 0, limit: 200 }), {
      granted: 50,
      used: 50,
    });
  });

  it('knows after a flush what the log knows, and gives nothing back that is gone', async (t) => {
    if (!server) return t.skip('there is no redis-server here');
    const count = countInRedis(connections[0]!);
    await connections[0]!.flushall();
    await count.giveBack('c:2026-03', 30);
    assert.deepEqual(await count.add('c:2026-03', { count: 50, known: 190, limit: 200 }), {
      granted: 10,
      used: 200,
    });
    assert.ok((await connections[0]!.ttl('agl:quota:c:2026-03')) > 31 * 24 * 3_600);
  });
});
