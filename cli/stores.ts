import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { acquireLock } from '../eventstore/embedded/engine/lock.js';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { connectLog } from '../eventstore/log.eventstore.js';
import type { EventLog } from '../eventstore/log.js';
import { probeLog } from '../eventstore/probe.eventstore.js';
import { openPool } from '../projections/database.js';
import { startEmbeddedPostgres } from '../projections/embedded-postgres/start.js';
import { breakerTeller, type Logger, troubleTeller } from './logger.js';
import { type Settings, UsageError } from './settings.js';

/** The log and the database, embedded or not: the rest of the engine cannot tell. */
export type Stores = {
  log: EventLog;
  pool: Pool;
  /** For questions: of DATABASE_REPLICA_URL where there is one. */
  reads: Pool;
  urls: { eventstore: string; database: string };
  close(): Promise<void>;
};

/** Opens both; what an embedded part needs is started. @throws UsageError in one line. */
export async function openStores(settings: Settings, logger: Logger): Promise<Stores> {
  const started: { stop(): Promise<void> }[] = [];
  const stopAll = async () => {
    await Promise.allSettled(started.map((part) => part.stop()));
  };
  const embedded = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const part = await starting;
    started.push(part);
    return part;
  };
  const [node, database] = await Promise.allSettled([
    settings.EVENTSTORE_URL ? { url: settings.EVENTSTORE_URL } : embedded(embeddedNode(settings, logger)),
    settings.DATABASE_URL ? { url: settings.DATABASE_URL } : embedded(embeddedPostgres(settings, logger)),
  ]);
  for (const part of [node, database]) {
    if (part.status === 'fulfilled') continue;
    await stopAll();
    throw new UsageError((part.reason as Error).message);
  }
  const urls = { eventstore: fulfilled(node).url, database: fulfilled(database).url };
  const log = await usableLog(settings, urls.eventstore, logger).catch(async (error) => {
    await stopAll();
    throw error;
  });
  const pool = openPool({ url: urls.database, logger });
  const replica = settings.DATABASE_REPLICA_URL;
  const reads = replica ? openPool({ url: replica, logger }) : pool;
  return {
    log,
    pool,
    reads,
    urls,
    async close() {
      await Promise.allSettled([log.close(), ...[...new Set([pool, reads])].map((one) => one.end())]);
      await stopAll();
    },
  };
}

const fulfilled = <T>(settled: PromiseSettledResult<T>): T => (settled as PromiseFulfilledResult<T>).value;

/** What only the followers need is the bulk of the log; they have a connection of their own. */
const NOT_FOR_THE_GATEWAY = ['GameEventRecorded'];

/** @throws UsageError when the event store that is named cannot be used. */
async function usableLog(settings: Settings, url: string, logger: Logger): Promise<EventLog> {
  if (settings.EVENTSTORE_URL) {
    await probeLog(url).catch((error: Error) => {
      throw new UsageError(`EVENTSTORE_URL: ${error.message}`);
    });
  }
  return connectLog({
    url,
    onTrouble: troubleTeller(logger),
    onBreaker: breakerTeller(logger),
    skip: NOT_FOR_THE_GATEWAY,
  });
}

const embeddedNode = (settings: Settings, logger: Logger) =>
  startEmbeddedNode({ dir: join(settings.AGL_DATA_DIR, 'log'), onLine: (line) => logger.warn(line) });

export const embeddedPostgres = (settings: Settings, logger: Logger) =>
  startEmbeddedPostgres({
    dir: join(settings.AGL_DATA_DIR, 'postgres'),
    onLine: (line) => logger.warn(line),
  });

/** The data folder, made when it is not there. @throws UsageError when it cannot be written. */
export function makeDataDir({ AGL_DATA_DIR }: Settings): void {
  try {
    mkdirSync(AGL_DATA_DIR, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`AGL_DATA_DIR: ${AGL_DATA_DIR} cannot be made (${code})`);
  }
}

/** One process at a time has a data folder. @throws UsageError when another has it. */
export async function lockDataDir({ AGL_DATA_DIR }: Settings) {
  try {
    return await acquireLock({ dir: AGL_DATA_DIR, what: 'the data folder' });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
