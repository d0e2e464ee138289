import { parentPort, workerData } from 'node:worker_threads';
import { bookWith, modelFiles } from '../../projections/emotion-model/models.js';
import { createLogger, logWarnings } from '../logger.js';
import { startTracing } from '../observe/tracing.js';
import { type FollowersParts, openFollowers } from './followers.js';
import type { Answer, Aside, Question } from './thread.js';
import { yieldToOthers } from './yield.js';

/** The thread of `startFollowers`: answers what it is asked until it is told to stop. */
const parts = workerData as FollowersParts;
const port = parentPort!;
yieldToOthers();
const logger = createLogger(parts.logLevel);
logWarnings(logger);
const tracing = await startTracing(parts.tracing, logger);
const warn = (message: string) => logger.warn({}, message);
const models = modelFiles(parts.dataDir, warn);
const whisper = (playerId: string, frame: object) =>
  port.postMessage({ whisper: { playerId, frame } } satisfies Aside);
const book = await bookWith(models, warn);
const followers = openFollowers(parts, { book, models, logger, whisper, tracing });

port.on('message', async ({ id, ask, args }: Question) => {
  try {
    const call = followers[ask] as (...given: unknown[]) => Promise<unknown>;
    port.postMessage({ id, value: await call(...args) } satisfies Answer);
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    port.postMessage({ id, error: { message, ...(code && { code }) } } satisfies Answer);
  }
  if (ask === 'stop') port.close();
});
