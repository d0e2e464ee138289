import { parentPort, workerData } from 'node:worker_threads';
import { bookWith, modelFiles } from '../../projections/emotion-model/models.js';
import { createLogger } from '../logger.js';
import { type FollowersParts, openFollowers } from './followers.js';
import type { Answer, Aside, Question } from './thread.js';
import { yieldToOthers } from './yield.js';

/** The thread of `startFollowers`: answers what it is asked until it is told to stop. */
const parts = workerData as FollowersParts;
const port = parentPort!;
yieldToOthers();
const logger = createLogger(parts.logLevel);
const warn = (message: string) => logger.warn({}, message);
const models = modelFiles(parts.dataDir, warn);
const whisper = (playerId: string, frame: object) =>
  port.postMessage({ whisper: { playerId, frame } } satisfies Aside);
const followers = openFollowers(parts, { book: await bookWith(models, warn), models, logger, whisper });

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
