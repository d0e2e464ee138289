import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Redis } from 'ioredis';
import { until } from '../../eventstore/testing/events.js';
import { connectRedis } from '../connection.redis.js';
import { startRedis, type TestRedis } from '../voice/testing/redis.js';
import { recentPromises } from './recent-events.contract.js';
import { recentInProcess } from './recent-events.js';
import { recentInRedis } from './recent-events.redis.js';
import { aStream } from './testing/streams.js';

const HOUR = 3_600_000;

describe('the short-term memory, in the process', () => {
  const open = (keptMs?: number) => recentInProcess(keptMs === undefined ? {} : { keptMs });
  for (const [promise, kept] of Object.entries(recentPromises)) it(promise, () => kept(open));

  it('keeps for an hour from the last push, however often it is read', async () => {
    let now = 0;
    const recent = recentInProcess({ clock: () => now });
    const events = aStream('player-ann', 2);
    await recent.push('player-ann', events.slice(0, 1));
    now = HOUR - 1;
    assert.deepEqual(await recent.last('player-ann'), events.slice(0, 1));
    await recent.push('player-ann', events.slice(1));
    now += HOUR - 1;
    assert.deepEqual(await recent.last('player-ann'), events);
    now += 1;
    assert.equal(await recent.last('player-ann'), null);
    await recent.push('player-ann', events.slice(1));
    assert.equal(await recent.last('player-ann'), null, 'what came before is gone');
  });

  it('holds no more than it has room for: whose last push is longest ago, or over, goes', async () => {
    let now = 0;
    const streams = ['ann', 'ben', 'cid'].map((name) => aStream(`player-${name}`, 3));
    const size = Math.max(
      ...streams.map((events) => events.map((one) => JSON.stringify(one)).join('').length),
    );
    const recent = recentInProcess({ clock: () => now, room: 2 * size });
    const push = (nth: number) => recent.push(streams[nth]![0]!.stream, streams[nth]!);
    const known = () => Promise.all(streams.map(async ([one]) => (await recent.last(one!.stream)) !== null));
    await push(0);
    await push(1);
    await push(0);
    assert.deepEqual(await known(), [true, true, false]);
    await push(2);
    assert.deepEqual(await known(), [true, false, true]);
    for (let again = 0; again < 50; again++) await push(again % 2 === 0 ? 0 : 2);
    assert.deepEqual(await known(), [true, false, true], 'what is given again takes no room');
    now = HOUR;
    await push(0);
    await push(1);
    assert.deepEqual(await known(), [true, true, false]);
    const tooMuch = aStream('player-dan', 120);
    await recent.push('player-dan', tooMuch);
    assert.equal(await recent.last('player-dan'), null);
    await push(0);
    await push(2);
    assert.deepEqual(await known(), [true, false, true], 'all the room is there again');
  });
});

describe('the short-term memory, in Redis', () => {
  let server: TestRedis | null;
  let redis: Redis;
  const connected = async (url: string) => {
    const one = connectRedis(url, () => {});
    await until(() => one.status === 'ready');
    return one;
  };
  before(async () => {
    server = await startRedis();
    if (server) redis = await connected(server.url);
  });
  after(async () => {
    redis?.disconnect();
    await server?.stop();
  });
  /** Tests that need one skip, saying so, where none is installed. */
  const withRedis = (name: string, test: (server: TestRedis) => Promise<void>) =>
    it(name, (context) => (server ? test(server) : context.skip('no redis-server on this machine')));

  for (const [promise, kept] of Object.entries(recentPromises))
    withRedis(promise, () => kept((keptMs) => recentInRedis(redis, keptMs)));

  withRedis('is shared by all instances, which push at the same time', async ({ url }) => {
    const others = await Promise.all([connected(url), connected(url)]);
    const events = aStream('player-shared', 250);
    const writers = others.map((other) => recentInRedis(other));
    await Promise.all(
      events.flatMap((event) => writers.map((writer) => writer.push('player-shared', [event]))),
    );
    assert.deepEqual(await recentInRedis(redis).last('player-shared'), events.slice(150));
    for (const other of others) other.disconnect();
  });

  withRedis(
    'keeps one key a player, all in one slot of a cluster, for an hour from the last push',
    async () => {
      const recent = recentInRedis(redis);
      const events = aStream('player-ann', 200);
      await recent.push('player-ann', events.slice(0, 100));
      await redis.pexpire('agl:recent:{player-ann}', 1_000);
      await recent.push('player-ann', events.slice(100));
      assert.deepEqual(await redis.keys('*player-ann*'), ['agl:recent:{player-ann}']);
      const left = await redis.pttl('agl:recent:{player-ann}');
      assert.ok(left > HOUR - 60_000 && left <= HOUR, `${left} ms`);
      assert.equal(await redis.zcard('agl:recent:{player-ann}'), 128);
    },
  );

  withRedis('costs one message each, whatever is pushed', async ({ url }) => {
    const told = await connected(url);
    const seen: string[] = [];
    const monitor = await redis.monitor();
    monitor.on('monitor', (_: string, args: string[], source: string) => {
      if (source !== 'lua') seen.push(args[0]!);
    });
    const recent = recentInRedis(told);
    await recent.push('player-counted', aStream('player-counted', 120));
    await recent.last('player-counted');
    await redis.ping();
    await until(() => seen.includes('ping'));
    monitor.disconnect();
    told.disconnect();
    assert.deepEqual(
      seen.filter((name) => name !== 'ping'),
      ['eval', 'zrevrangebyscore'],
    );
  });
});
