import { type CountedRedis, connectRedis } from '../commands/connection.redis.js';
import { openWriteSide, type WriteSide } from '../commands/context.js';
import { sealerInPostgres } from '../commands/person-keys/sealer.pg.js';
import { openQuota } from '../commands/quota/quota.js';
import { countInRedis } from '../commands/quota/shared-count.redis.js';
import type { Tracing } from '../commands/tracing.js';
import type { Watch } from '../commands/watch.js';
import type { Found } from '../domain/kernel/found.js';
import { type Hear, type Whispers, whispersInProcess } from '../gateway/ws/whispers.js';
import { whispersInRedis } from '../gateway/ws/whispers.redis.js';
import type { Logger } from './logger.js';
import { timed } from './observe/timed.js';
import type { Secrets } from './secrets.js';
import type { Settings } from './settings.js';
import type { Stores } from './stores.js';

type Parts = { stores: Stores; secrets: Secrets; logger: Logger; watch: Watch; tracing: Tracing | null };

export type Written = {
  side: WriteSide;
  redis: CountedRedis | null;
  caches: Record<string, Found>;
  whispers(hear: Hear): Whispers;
  close(): void;
};

/** What commands work with, by the settings. */
export function writeSideOf(
  { REDIS_URL }: Settings,
  { stores, secrets, logger, watch, tracing }: Parts,
): Written {
  const warn = (message: string, error: unknown) => logger.warn({ error: (error as Error).message }, message);
  const now = () => new Date();
  const redis = REDIS_URL ? connectRedis(REDIS_URL, warn) : null;
  const sealer = sealerInPostgres(stores.pool, secrets.keysForPersons);
  const side = openWriteSide({
    log: timed(stores.log, (ms) => watch.took('append', ms)),
    sealer,
    watch,
    ...(tracing && { tracing }),
    pseudonym: secrets.pseudonym,
    now,
    quotaBy: (limitOf) => openQuota({ limitOf, now, warn, ...(redis && { shared: countInRedis(redis) }) }),
  });
  const { clients, games, players } = side;
  const caches = {
    clients: clients.found,
    games: games.found,
    players: players.found,
    person_keys: sealer.found,
  };
  return {
    ...{ side, redis, caches },
    whispers: (hear) => (redis ? whispersInRedis(redis, hear) : whispersInProcess(hear)),
    close: () => redis?.disconnect(),
  };
}
