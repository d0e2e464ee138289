import { Redis } from 'ioredis';

/**
 * What is kept in Redis can be done without, so it is waited for by nobody: while it is away, each command fails at once.
 * `warn` is told once each time.
 */
export function connectRedis(url: string, warn: (message: string, error: Error) => void): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 500,
    // A server that hangs is left: what is sent to it would pile up.
    socketTimeout: 2_000,
    // What is asked for many players at once goes out together: half the work of a write for each.
    enableAutoPipelining: true,
    retryStrategy: (tries) => Math.min(tries * 100, 2_000),
  });
  let said = false;
  redis.on('error', (error) => {
    if (!said) warn('Redis cannot be reached: what is kept there is done without', error);
    said = true;
  });
  redis.on('ready', () => {
    said = false;
  });
  return redis;
}
