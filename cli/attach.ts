import { setTimeout as sleep } from 'node:timers/promises';
import { openWriteSide, type WriteSide } from '../commands/context.js';
import { sealerInPostgres } from '../commands/person-keys/sealer.pg.js';
import { connectLog } from '../eventstore/log.eventstore.js';
import { openPool, type Pool } from '../projections/database.js';
import { type Engine, startEngine } from './engine.js';
import type { Logger } from './logger.js';
import { type Running, runningEngine } from './running-engine.js';
import { openSecrets } from './secrets.js';
import type { Settings } from './settings.js';

/** The write side for a verb: the one of the engine that runs on this data folder, else one of its own. */
export type Attached = {
  side: WriteSide;
  /** Where read models are. */
  pool: Pool;
  /** Resolves when what has been written is also felt and read; `done` goes from 0 to 1. */
  settle(onProgress: (done: number) => void): Promise<void>;
  newAdminKey?: string;
  close(): Promise<void>;
};

export async function attach(settings: Settings, logger: Logger): Promise<Attached> {
  const running = runningEngine(settings);
  return running ? beside(running, settings, logger) : own(settings, logger);
}

async function beside(running: Running, settings: Settings, logger: Logger): Promise<Attached> {
  const pool = openPool({ url: running.database, logger, max: 2 });
  const secrets = await openSecrets(settings, pool).catch(async (error) => {
    await pool.end();
    throw error;
  });
  const log = connectLog({ url: running.eventstore });
  const side = openWriteSide({
    log,
    sealer: sealerInPostgres(pool, secrets.keysForPersons),
    pseudonym: secrets.pseudonym,
    now: () => new Date(),
  });
  return {
    side,
    pool,
    // The running engine feels and reads what it finds in the log, at its own pace.
    settle: async (onProgress) => onProgress(1),
    async close() {
      await Promise.allSettled([log.close(), pool.end()]);
    },
  };
}

async function own(settings: Settings, logger: Logger): Promise<Attached> {
  const engine = await startEngine(settings, logger, false);
  const { newAdminKey } = engine.secrets;
  return {
    side: engine.side,
    pool: engine.stores.pool,
    settle: (onProgress) => settled(engine, onProgress),
    ...(newAdminKey && { newAdminKey }),
    close: engine.stop,
  };
}

async function settled(
  { side, followers, settings }: Engine,
  onProgress: (done: number) => void,
): Promise<void> {
  const { newest } = side.players;
  const from = await followers.reacted();
  let reacted = settings.AGL_ROLES.includes('reactor') ? from : newest;
  while (reacted < newest) {
    onProgress((reacted - from) / Math.max(1, newest - from));
    await sleep(50);
    reacted = await followers.reacted();
  }
  // What the companions did is in the log as well, and read like everything else.
  while (settings.AGL_ROLES.includes('projector') && !(await followers.caughtUpWithLog(500)))
    onProgress(0.99);
  onProgress(1);
}
