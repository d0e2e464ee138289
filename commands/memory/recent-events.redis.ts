import type { Redis } from 'ioredis';
import type { StoredEvent } from '../../eventstore/log.js';
import { answerOf, KEPT, KEPT_MS, LAST, type RecentEvents } from './recent-events.js';

/** A sorted set for each stream, by revision; the braces keep all of a player in one slot of a cluster. */
const keyOf = (stream: string) => `agl:recent:{${stream}}`;

/** One step for all others. ARGV: how many are kept, for how many ms, then revision and event in turns. */
const PUSH = `
for at = 3, #ARGV, 2 do
  if redis.call('ZCOUNT', KEYS[1], ARGV[at], ARGV[at]) == 0 then
    redis.call('ZADD', KEYS[1], ARGV[at], ARGV[at + 1])
  end
end
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

/** Shared by all instances. While the connection is away, which it tells itself, nothing is kept and nothing known. */
export function recentInRedis(redis: Redis, keptMs = KEPT_MS): RecentEvents {
  const isThere = () => redis.status === 'ready' && redis.stream.writable;
  const ifThere = async <T>(ask: () => Promise<T>): Promise<T | null> => {
    if (!isThere()) return null;
    try {
      return await ask();
    } catch (error) {
      if (isThere()) throw error;
      return null;
    }
  };
  return {
    async push(stream, events) {
      if (events.length === 0) return;
      const told = events.slice(-KEPT).flatMap((event) => [event.revision, JSON.stringify(event)]);
      await ifThere(() => redis.eval(PUSH, 1, keyOf(stream), KEPT, keptMs, ...told));
    },
    async last(stream, upTo) {
      const ask = () => redis.zrevrangebyscore(keyOf(stream), upTo ?? '+inf', '-inf', 'LIMIT', 0, LAST);
      const kept = (await ifThere(ask)) ?? [];
      return answerOf(
        kept.map((text) => JSON.parse(text) as StoredEvent),
        upTo,
      );
    },
    async forget(stream) {
      await redis.del(keyOf(stream));
    },
    async count(stream) {
      if (!isThere()) throw new Error('Redis cannot be reached');
      return redis.zcard(keyOf(stream));
    },
  };
}
