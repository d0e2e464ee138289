import { connectRedis } from '../commands/connection.redis.js';
import { openWriteSide, type WriteSide } from '../commands/context.js';
import { sealerInPostgres } from '../commands/person-keys/sealer.pg.js';
import { openQuota } from '../commands/quota/quota.js';
import { countInRedis } from '../commands/quota/shared-count.redis.js';
import { type Hear, type Whispers, whispersInProcess } from '../gateway/ws/whispers.js';
import { whispersInRedis } from '../gateway/ws/whispers.redis.js';
import type { Logger } from './logger.js';
import type { Secrets } from './secrets.js';
import type { Settings } from './settings.js';
import type { Stores } from './stores.js';

/** What commands work with, by the settings. */
export function writeSideOf(
  { REDIS_URL }: Settings,
  { stores, secrets, logger }: { stores: Stores; secrets: Secrets; logger: Logger },
): { side: WriteSide; redis: object | null; whispers(hear: Hear): Whispers; close(): void } {
  const warn = (message: string, error: unknown) => logger.warn({ error: (error as Error).message }, message);
  const now = () => new Date();
  const redis = REDIS_URL ? connectRedis(REDIS_URL, warn) : null;
  const side = openWriteSide({
    log: stores.log,
    sealer: sealerInPostgres(stores.pool, secrets.keysForPersons),
    pseudonym: secrets.pseudonym,
    now,
    quotaBy: (limitOf) => openQuota({ limitOf, now, warn, ...(redis && { shared: countInRedis(redis) }) }),
  });
  return {
    side,
    redis,
    whispers: (hear) => (redis ? whispersInRedis(redis, hear) : whispersInProcess(hear)),
    close: () => redis?.disconnect(),
  };
}
