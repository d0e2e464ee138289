import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../commands/connection.redis.js';
import { startRedis, type TestRedis } from '../../commands/voice/testing/redis.js';
import { until } from '../../eventstore/testing/events.js';
import { connected, type Listening, listening, whispersPromises } from './whispers.contract.js';
import { whispersInProcess } from './whispers.js';
import { whispersInRedis } from './whispers.redis.js';

describe('whispers, in the process', () => {
  for (const [promise, kept] of Object.entries(whispersPromises))
    it(promise, () => {
      const one = listening(whispersInProcess);
      return kept([one, one]);
    });
});

describe('whispers, by Redis', () => {
  let server: TestRedis | null;
  const opened: { redis: Redis; instance: Listening }[] = [];
  const open = async (): Promise<Listening> => {
    const redis = connectRedis(server!.url, () => {});
    await until(() => redis.status === 'ready');
    const instance = listening((hear) => whispersInRedis(redis, hear));
    opened.push({ redis, instance });
    return instance;
  };
  before(async () => {
    server = await startRedis();
  });
  after(async () => {
    for (const { redis, instance } of opened) {
      instance.whispers.close();
      redis.disconnect();
    }
    await server?.stop();
  });

  for (const [promise, kept] of Object.entries(whispersPromises))
    it(promise, async (t) => {
      if (!server) return t.skip('there is no redis-server here');
      await kept([await open(), await open()]);
    });

  it('listens to no shard of which nobody is here', async (t) => {
    if (!server) return t.skip('there is no redis-server here');
    const [here, there] = [await open(), await open()];
    const playerId = randomUUID();
    here.whispers.came(playerId);
    await connected(there, here, playerId);
    const { redis } = opened[0]!;
    const channels = () => redis.call('PUBSUB', 'SHARDCHANNELS') as Promise<string[]>;
    for (const { instance } of opened.slice(0, -2)) instance.whispers.close();
    await until(async () => (await channels()).length === 1);
    here.whispers.left(playerId);
    await until(async () => (await channels()).length === 0);
  });

  it('is heard where it is told while Redis is away, and everywhere when it is back', async (t) => {
    if (!server) return t.skip('there is no redis-server here');
    const [here, there] = [await open(), await open()];
    const [before, meanwhile] = [randomUUID(), randomUUID()];
    here.whispers.came(before);
    await connected(there, here, before);
    const { port } = server;
    await server.kill();
    here.whispers.came(meanwhile);
    here.whispers.tell(meanwhile, { type: 'dialogue' });
    assert.equal(here.heard(meanwhile).length, 1);
    server = await startRedis(port);
    const back = randomUUID();
    here.whispers.came(back);
    await connected(there, here, back);
    const soFar = here.heard(before).length;
    await until(async () => {
      there.whispers.tell(before, { type: 'dialogue' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      return here.heard(before).length > soFar;
    });
    there.whispers.tell(meanwhile, { type: 'dialogue' });
    await until(() => here.heard(meanwhile).length === 2);
  });
});
