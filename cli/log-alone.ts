import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { connectLog } from '../eventstore/log.eventstore.js';
import type { EventLog } from '../eventstore/log.js';
import type { Logger } from './logger.js';
import { runningEngine } from './running-engine.js';
import { type Settings, UsageError } from './settings.js';

export type LogAlone = { log: EventLog; url: string; close(): Promise<void> };

/** The log for a verb that needs nothing else: the running engine's, that of EVENTSTORE_URL, or the folder's. */
export async function openLogAlone(settings: Settings, logger: Logger): Promise<LogAlone> {
  const url = runningEngine(settings)?.eventstore ?? settings.EVENTSTORE_URL;
  const node = url === undefined ? await nodeOf(settings, logger) : null;
  const address = url ?? node!.url;
  const log = connectLog({ url: address });
  return {
    log,
    url: address,
    async close() {
      await log.close();
      await node?.stop();
    },
  };
}

function nodeOf(settings: Settings, logger: Logger) {
  const dir = join(settings.AGL_DATA_DIR, 'log');
  if (!existsSync(dir)) throw new UsageError(`there is no log in ${settings.AGL_DATA_DIR}`);
  return startEmbeddedNode({ dir, onLine: (line) => logger.warn(line) }).catch((error: Error) => {
    throw new UsageError(error.message);
  });
}
