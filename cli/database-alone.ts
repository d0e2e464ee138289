import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openPool } from '../projections/database.js';
import type { Logger } from './logger.js';
import { runningEngine } from './running-engine.js';
import { type Settings, UsageError } from './settings.js';

export type DatabaseAlone = { pool: ReturnType<typeof openPool>; close(): Promise<void> };

/** Postgres for a verb that needs nothing else: the running engine's, that of DATABASE_URL, or the folder's. */
export async function openDatabaseAlone(settings: Settings, logger: Logger): Promise<DatabaseAlone> {
  const running = runningEngine(settings)?.database;
  const { url, stop } = running ? { url: running, stop: async () => {} } : await own(settings, logger);
  const pool = openPool({ url, logger, max: 4 });
  return {
    pool,
    async close() {
      await pool.end();
      await stop();
    },
  };
}

type Own = { url: string; stop(): Promise<void> };

async function own(settings: Settings, logger: Logger): Promise<Own> {
  const server = settings.DATABASE_URL
    ? { url: settings.DATABASE_URL, stop: async () => {} }
    : await ofFolder(settings, logger);
  const { migrate } = await import('../migrations/index.js');
  try {
    await migrate(server.url);
    return server;
  } catch (error) {
    await server.stop();
    throw new UsageError((error as Error).message);
  }
}

/** No engine starts on the folder meanwhile. */
async function ofFolder(settings: Settings, logger: Logger): Promise<Own> {
  const { AGL_DATA_DIR: dir } = settings;
  if (!existsSync(join(dir, 'postgres'))) throw new UsageError(`there are no read models in ${dir}`);
  // Only who has to start something needs all that it takes.
  const { acquireLock } = await import('../eventstore/embedded/engine/lock.js');
  const { embeddedPostgres } = await import('./stores.js');
  const locking = acquireLock({ dir, what: 'the data folder' });
  const lock = await locking.catch((error: Error) => {
    throw new UsageError(error.message);
  });
  try {
    const server = await embeddedPostgres(settings, logger);
    const stop = () => server.stop().finally(() => lock.release());
    return { url: server.url, stop };
  } catch (error) {
    lock.release();
    throw new UsageError((error as Error).message);
  }
}
