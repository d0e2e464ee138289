import { parentPort, workerData } from 'node:worker_threads';
import { connectLog } from '../../eventstore/log.eventstore.js';
import { openPool } from '../../projections/database.js';
import { bookOf } from '../../projections/emotion-model/models.js';
import { projectionsOf } from '../../projections/index.js';
import { rebuild } from '../../projections/rebuild/rebuild.js';
import { yieldToOthers } from '../followers/yield.js';
import { createLogger, logWarnings } from '../logger.js';
import { openMemorySide } from '../memory.js';
import { type FromRebuild, plainOf, type RebuildJob } from './thread.js';

/** The thread of `rebuildInThread`: builds what it is told and ends. */
const { urls, names, dryRun, logLevel, dataDir, memory: setup, yields } = workerData as RebuildJob;
const port = parentPort!;
const tell = (said: FromRebuild) => port.postMessage(said);
const stop = new AbortController();
port.on('message', () => stop.abort());
if (yields) yieldToOthers();
const log = connectLog({ url: urls.eventstore });
const logger = createLogger(logLevel);
logWarnings(logger);
const pool = openPool({ url: urls.database, logger, max: names.length + 4 });
const book = await bookOf(dataDir, (message) => logger.warn({}, message));
const memory = openMemorySide(setup, { pool, reads: pool, logger });
const wanted = projectionsOf(book, { index: memory.index }).filter(({ name }) => names.includes(name));
try {
  const onProgress = (progress: Extract<FromRebuild, { progress: unknown }>['progress']) =>
    tell({ progress });
  tell({ rebuilt: await rebuild({ log, pool }, wanted, { signal: stop.signal, dryRun, onProgress }) });
} catch (error) {
  tell({ failed: plainOf(error) });
}
await memory.close();
await Promise.allSettled([log.close(), pool.end()]);
port.close();
