import type { Redis } from 'ioredis';
import type { SharedCount } from './quota.js';

/** Longer than any month. */
const KEPT_S = 40 * 24 * 3_600;

/** KEYS: the count. ARGV: how many more, what is used at least, the limit, how long it is kept (s). Returns how many were added, and the count then. */
const ADD = `
local used = math.max(tonumber(redis.call('get', KEYS[1]) or '0'), tonumber(ARGV[2]))
local granted = math.max(0, math.min(tonumber(ARGV[1]), tonumber(ARGV[3]) - used))
redis.call('set', KEYS[1], used + granted, 'EX', ARGV[4])
return {granted, used + granted}`;

/** KEYS: the count. ARGV: how many less. A count that is gone stays gone. */
const GIVE_BACK = `if redis.call('exists', KEYS[1]) == 1 then redis.call('decrby', KEYS[1], ARGV[1]) end`;

export const countInRedis = (redis: Redis): SharedCount => ({
  async add(key, { count, known, limit }) {
    const added = await redis.eval(ADD, 1, nameOf(key), count, known, limit, KEPT_S);
    const [granted = 0, used = 0] = (added as number[]).map(Number);
    return { granted, used };
  },
  async giveBack(key, count) {
    await redis.eval(GIVE_BACK, 1, nameOf(key), count);
  },
});

const nameOf = (key: string): string => `agl:quota:${key}`;
