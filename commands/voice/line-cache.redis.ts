import { Redis } from 'ioredis';
import type { LineCache } from './line-cache.js';

/** Shared by all instances. @throws when Redis cannot be reached. */
export const cacheInRedis = (redis: Redis): LineCache => ({
  get: (key) => redis.get(`agl:line:${key}`),
  async set(key, line, ttlMs) {
    // Redis takes whole milliseconds, and no time for an error.
    await redis.set(`agl:line:${key}`, line, 'PX', Math.max(1, Math.ceil(ttlMs)));
  },
});

/** Lines wait for nobody: while Redis is away there is no cache. `warn` is told once each time. */
export function connectForLines(url: string, warn: (message: string, error: Error) => void): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 500,
    retryStrategy: (tries) => Math.min(tries * 100, 2_000),
  });
  let said = false;
  redis.on('error', (error) => {
    if (!said) warn('Redis cannot be reached: lines are not cached', error);
    said = true;
  });
  redis.on('ready', () => {
    said = false;
  });
  return redis;
}
