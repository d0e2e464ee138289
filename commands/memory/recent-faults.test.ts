import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Redis } from 'ioredis';
import type { ReadStream } from '../../eventstore/log.js';
import { someEvents, until } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { connectRedis } from '../connection.redis.js';
import { startRedis, type TestRedis } from '../voice/testing/redis.js';
import { recentInRedis } from './recent-events.redis.js';
import { recentOf } from './recent-of.js';

const AWAY = 'Redis cannot be reached: what is kept there is done without';
const SILENT = 'the short-term memory does not answer: the log is read instead';
const ANN = 'player-ann';

/** A match that goes on over a real Redis: each event is noted as a reactor would. */
function aMatch(redis: Redis, warn: (message: string) => void) {
  const log = memoryLog();
  const reads: (ReadStream | undefined)[] = [];
  const readStream: typeof log.readStream = (stream, options) => {
    reads.push(options);
    return log.readStream(stream, options);
  };
  const recent = recentOf({ log: { readStream }, recent: recentInRedis(redis), warn });
  return {
    reads,
    play: (count = 1) => recent.note(log.tell(ANN, ...someEvents(count))),
    /** The last hundred are what the log says, wherever they came from; tells whether from memory. */
    async isRemembered(): Promise<boolean> {
      const before = reads.length;
      const upTo = log.events.length - 1;
      assert.deepEqual(await recent.lastEvents(ANN, upTo), log.events.slice(-100));
      return reads.length === before;
    },
  };
}

describe('a match while Redis', () => {
  let server: TestRedis | null;
  let redis: Redis;
  let warned: string[];
  let match: ReturnType<typeof aMatch>;
  before(async () => {
    server = await startRedis();
  });
  beforeEach(async () => {
    if (!server) return;
    warned = [];
    const warn = (message: string) => void warned.push(message);
    redis = connectRedis(server.url, warn);
    await until(() => redis.status === 'ready');
    await redis.flushall();
    match = aMatch(redis, warn);
    match.play(150);
    await until(match.isRemembered);
  });
  afterEach(() => redis?.disconnect());
  after(() => server?.stop());
  /** Tests that need one skip, saying so, where none is installed. */
  const withRedis = (name: string, test: (server: TestRedis) => Promise<void>) =>
    it(name, (context) => (server ? test(server) : context.skip('no redis-server on this machine')));

  withRedis(
    'is flushed, and while parts of it expire: the next read is whole, and fills it again',
    async () => {
      for (let again = 0; again < 20; again++) {
        await redis.flushall();
        match.play(again % 3);
        await match.isRemembered();
        await until(match.isRemembered);
        await redis.zremrangebyrank(`agl:recent:{${ANN}}`, again, again + 30);
        await match.isRemembered();
        await until(match.isRemembered);
      }
      assert.deepEqual(warned, []);
    },
  );

  withRedis('is killed, and comes back empty', async ({ port, kill }) => {
    await kill();
    for (let again = 0; again < 50; again++) {
      match.play();
      assert.equal(await match.isRemembered(), false);
    }
    await until(() => warned.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    match.play();
    await match.isRemembered();
    assert.deepEqual(warned, [AWAY], 'said once');
    server = (await startRedis(port))!;
    await until(() => redis.status === 'ready');
    match.play();
    await until(match.isRemembered);
  });

  withRedis(
    'hangs: what is asked meanwhile is read from the log, and it is used again when it goes on',
    async () => {
      server!.signal('SIGSTOP');
      try {
        // With a wait for each, a hundred would take a hundred times the bound.
        let waited = 0;
        for (let again = 0; again < 100; again++) {
          const asked = performance.now();
          match.play();
          assert.equal(await match.isRemembered(), false);
          if (performance.now() - asked > 90) waited++;
        }
        assert.ok(waited < 50, `${waited} of 100 reads waited`);
        assert.deepEqual(warned, [SILENT], 'said once');
        await until(() => redis.status !== 'ready');
        assert.equal(await match.isRemembered(), false);
        assert.deepEqual(warned, [SILENT, AWAY], 'it is left');
      } finally {
        server!.signal('SIGCONT');
      }
      await until(() => redis.status === 'ready');
      match.play();
      await until(match.isRemembered);
    },
  );
});
