import type { Redis } from 'ioredis';
import type { LineCache } from './line-cache.js';

/** Shared by all instances. @throws when Redis cannot be reached. */
export const cacheInRedis = (redis: Redis): LineCache => ({
  get: (key) => redis.get(`agl:line:${key}`),
  async set(key, line, ttlMs) {
    // Redis takes whole milliseconds, and no time for an error.
    await redis.set(`agl:line:${key}`, line, 'PX', Math.max(1, Math.ceil(ttlMs)));
  },
});
