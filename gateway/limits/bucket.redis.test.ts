import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connectRedis } from '../../commands/connection.redis.js';
import { startRedis, type TestRedis } from '../../commands/voice/testing/redis.js';
import { until } from '../../eventstore/testing/events.js';
import { type Bucket, bucketOf } from './bucket.js';

describe('a bucket that instances share in Redis', () => {
  let server: TestRedis | null;
  let connections: ReturnType<typeof connectRedis>[] = [];
  let buckets: Bucket[];
  before(async () => {
    server = await startRedis();
    if (!server) return;
    connections = [1, 2].map(() => connectRedis(server!.url, () => {}));
    await until(() => connections.every(({ status }) => status === 'ready'));
    buckets = connections.map((redis) => bucketOf('test', { perSecond: 20, burst: 0 }, redis));
  });
  after(async () => {
    for (const one of connections) one.disconnect();
    await server?.stop();
  });
  const takeAll = async (who: string) => {
    const taken = await Promise.all(Array.from({ length: 60 }, (_, nth) => buckets[nth % 2]!(who)));
    return taken.filter((one) => one!.refused === null).length;
  };

  it('gives what one gives, whoever is asked; while Redis is away each gives its own', async (t) => {
    if (!server) return t.skip('no redis-server on this machine');
    const together = await takeAll('ann');
    assert.ok(together >= 20 && together <= 40, `${together} of 60`);
    await server.kill();
    const apart = await takeAll('bob');
    assert.ok(apart >= 40 && apart <= 60, `${apart} of 60`);
    server = null;
  });
});
