import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Redis } from 'ioredis';
import { until } from '../../eventstore/testing/events.js';
import { connectRedis } from '../connection.redis.js';
import { aGameEvent } from '../testing/side.js';
import { lineCachePromises } from './line-cache.contract.js';
import { cacheInProcess } from './line-cache.js';
import { cacheInRedis } from './line-cache.redis.js';
import { openHouse, outcome } from './testing/house.js';
import { type MessagesApi, startMessagesApi } from './testing/messages-api.js';
import { startRedis, type TestRedis } from './testing/redis.js';

describe('the cache of lines, in the process', () => {
  for (const [promise, kept] of Object.entries(lineCachePromises)) it(promise, () => kept(cacheInProcess()));

  it('holds the newest, and no more than it has room for', async () => {
    const cache = cacheInProcess();
    for (let nth = 0; nth < 10_050; nth++) await cache.set(`key ${nth}`, 'line', 600_000);
    assert.equal(await cache.get('key 49'), null);
    assert.equal(await cache.get('key 50'), 'line');
  });
});

describe('the cache of lines, in Redis', () => {
  let server: TestRedis | null;
  let redis: Redis;
  let api: MessagesApi;
  const warned: string[] = [];
  before(async () => {
    server = await startRedis();
    api = await startMessagesApi();
    if (!server) return;
    redis = connectRedis(server.url, (message) => warned.push(message));
    await until(() => redis.status === 'ready');
  });
  after(async () => {
    redis?.disconnect();
    await server?.stop();
    await api.close();
  });
  /** Tests that need one skip, saying so, where none is installed. */
  const withRedis = (name: string, test: (server: TestRedis) => Promise<void>) =>
    it(name, (context) => (server ? test(server) : context.skip('no redis-server on this machine')));

  for (const [promise, kept] of Object.entries(lineCachePromises))
    withRedis(promise, () => kept(cacheInRedis(redis)));

  withRedis('is shared by all who are connected', async ({ url }) => {
    const other = connectRedis(url, () => {});
    await until(() => other.status === 'ready');
    const key = randomUUID();
    await cacheInRedis(redis).set(key, 'line', 600_000);
    assert.equal(await cacheInRedis(other).get(key), 'line');
    other.disconnect();
  });

  withRedis(
    'is done without while the server is away, and used again when it is back',
    async ({ port, stop }) => {
      const house = await openHouse(api, {}, { cache: cacheInRedis(redis) });
      const won = async (player: string, line: string) => {
        api.reply = { line, gesture: 'clap', tone: 'warm' };
        await house.play(player, aGameEvent('player.victory', 0, { hero: 'Lux' }));
        return (await outcome(house, player)).written[0]!;
      };
      const seats = await Promise.all(['ann', 'ben', 'cid', 'dan', 'eve'].map((name) => house.seat(name)));
      assert.equal((await won(seats[0]!, 'The first of many.')).dialogue.source, 'llm');
      assert.equal((await won(seats[1]!, 'Never asked for.')).dialogue.source, 'cache');
      await stop();
      assert.equal((await won(seats[2]!, 'Written without a cache.')).dialogue.source, 'llm');
      // Said by the next try to connect, which is to come.
      await until(() => warned.length > 0);
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.deepEqual(warned, ['Redis cannot be reached: what is kept there is done without'], 'said once');
      server = (await startRedis(port))!;
      await until(() => redis.status === 'ready');
      assert.equal((await won(seats[3]!, 'And there it is again.')).dialogue.source, 'llm');
      assert.equal((await won(seats[4]!, 'Never asked for.')).dialogue.source, 'cache');
      await house.stop();
    },
  );
});
