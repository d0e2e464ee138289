import { startFading } from '../../commands/memory/fading.js';
import { startForgetting } from '../../commands/memory/forgetting.js';
import type { EventLog } from '../../eventstore/log.js';
import type { Pool } from '../../projections/database.js';
import { fadedIn, forgettableOf } from '../../projections/memory/kept.js';
import type { Logger } from '../logger.js';

type Parts = {
  log: EventLog;
  pool: Pool;
  now: () => Date;
  warn: (message: string, error: unknown) => void;
  logger: Logger;
};

/** Forgets what players want forgotten, and what has faded; says what it did. */
export function startForgettingSide({ log, pool, now, warn, logger }: Parts): { stop(): Promise<void> } {
  const keptOf = (player: string, memory: string) => forgettableOf(pool, player, memory);
  const asked = startForgetting({ log, now, warn, keptOf });
  const faded = startFading({
    ...{ log, now, warn },
    faded: (at) => fadedIn(pool, at),
    tell: (forgotten) => logger.info({ ...forgotten }, 'what has faded is forgotten'),
  });
  return {
    async stop() {
      await Promise.all([asked.stop(), faded.stop()]);
    },
  };
}
