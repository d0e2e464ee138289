import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../migrations/index.js';
import { runningEngine } from './attach.js';
import type { Logger } from './logger.js';
import { type Settings, UsageError } from './settings.js';
import { lockDataDir, openStores, type Stores } from './stores.js';

/** The addresses of the log and the database, for a verb that needs no engine; what it starts ends with `close`. */
export type StoresAlone = { urls: Stores['urls']; engineRuns: boolean; close(): Promise<void> };

/** Those of the engine that runs on the data folder; else those the settings name, or the folder's own. */
export async function openStoresAlone(settings: Settings, logger: Logger): Promise<StoresAlone> {
  const running = runningEngine(settings);
  if (running) {
    const urls = { eventstore: running.eventstore, database: running.database };
    return { urls, engineRuns: true, close: async () => {} };
  }
  const own = join(settings.AGL_DATA_DIR, 'log');
  if (!settings.EVENTSTORE_URL && !existsSync(own))
    throw new UsageError(`there is no log in ${settings.AGL_DATA_DIR}`);
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
    return { urls: stores.urls, engineRuns: false, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}
