import type { Redis } from 'ioredis';
import type { LineCache } from './line-cache.js';

/** Shared by all instances. @throws when Redis cannot be reached. */
export const cacheInRedis = (redis: Redis): LineCache => ({
  get: (key) => redis.get(`agl:line:${key}`),
  async set(key, line, ttlMs) {
    await redis.set(`agl:line:${key}`, line, 'PX', Math.ceil(ttlMs));
  },
});
