import { Worker } from 'node:worker_threads';
import { isDatabaseDown, isFull } from '../../projections/database.js';
import { StoreAway } from '../../projections/elsewhere.js';
import { BuildStopped } from '../../projections/rebuild/build.js';
import { BeingRebuilt } from '../../projections/rebuild/lock.js';
import { type RebuildProgress, type Rebuilt } from '../../projections/rebuild/rebuild.js';

import type { MemorySetup } from '../memory.js';

/** What a thread is to build; plain, since it goes to another thread. */
export type RebuildJob = {
  urls: { eventstore: string; database: string };
  names: readonly string[];
  dryRun: boolean;
  logLevel: string;
  /** Where models of feeling may be kept. */
  dataDir: string;
  memory: MemorySetup;
  /** What serves games goes before it. */
  yields: boolean;
};

export type FromRebuild =
  | { progress: RebuildProgress }
  | { rebuilt: Rebuilt[] }
  | { failed: { message: string; name: string; code?: string } };

export type RebuildWatch = { signal: AbortSignal; onProgress?: (progress: RebuildProgress) => void };

/**
 * Builds read models in a thread of its own: folding a year of events would keep everything else of this
 * one waiting. @throws as `rebuild` does.
 */
export function rebuildInThread(
  job: RebuildJob,
  { signal, onProgress = () => {} }: RebuildWatch,
): Promise<Rebuilt[]> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: job,
    // Most of what is read lives for one batch: with more room, less of it is copied.
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  });
  const stop = () => worker.postMessage('stop');
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<Rebuilt[]>((resolve, reject) => {
    let end = () => reject(new Error('a rebuild ended without a word'));
    worker.on('message', (said: FromRebuild) => {
      if ('progress' in said) onProgress(said.progress);
      else if ('rebuilt' in said) end = () => resolve(said.rebuilt);
      else end = () => reject(errorOf(said.failed));
    });
    worker.once('error', reject);
    // Not before: it still has connections to what the caller may be about to stop.
    worker.once('exit', () => end());
  }).finally(() => signal.removeEventListener('abort', stop));
}

/** Errors lose their class on the way between threads. */
function errorOf({ message, name, code }: { message: string; name: string; code?: string }): Error {
  const kinds = { BeingRebuilt, BuildStopped, StoreAway };
  const kind = Object.hasOwn(kinds, name) ? kinds[name as keyof typeof kinds] : Error;
  const error = Object.assign(Object.create(kind.prototype) as Error, { message, name });
  return Object.assign(error, code === undefined ? {} : { code });
}

export const plainOf = (error: unknown): { message: string; name: string; code?: string } => {
  const { message, name, code } = error as Error & { code?: unknown };
  // That the database is away shows in what the error is made of; a code says the same in one word.
  const down = !(error instanceof StoreAway) && isDatabaseDown(error) && !isFull(error);
  const told = down ? '08006' : code;
  return { message, name, ...(typeof told === 'string' && { code: told }) };
};
