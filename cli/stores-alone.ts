import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from './logger.js';
import { runningEngine } from './running-engine.js';
import { type Settings, UsageError } from './settings.js';
import type { Stores } from './stores.js';

/** The addresses of the log and the database, for a verb that needs no engine; what it starts ends with `close`. */
export type StoresAlone = { urls: Stores['urls']; close(): Promise<void> };

/** Those of the engine that runs on the data folder; else those the settings name, or the folder's own. */
export async function openStoresAlone(settings: Settings, logger: Logger): Promise<StoresAlone> {
  const running = runningEngine(settings);
  if (running) {
    const urls = { eventstore: running.eventstore, database: running.database };
    return { urls, close: async () => {} };
  }
  const own = join(settings.AGL_DATA_DIR, 'log');
  if (!settings.EVENTSTORE_URL && !existsSync(own))
    throw new UsageError(`there is no log in ${settings.AGL_DATA_DIR}`);
  // Only who has to start something needs all that it takes.
  const { lockDataDir, openStores } = await import('./stores.js');
  const { migrate } = await import('../migrations/index.js');
  // An engine that would start meanwhile is told that the folder is in use.
  const lock = await lockDataDir(settings);
  try {
    const stores = await openStores(settings, logger);
    await migrate(stores.urls.database).catch((error: Error) => {
      throw new UsageError(error.message);
    });
    const close = async () => {
      await stores.close();
      lock.release();
    };
    return { urls: stores.urls, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}
