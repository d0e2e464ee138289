import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Logger } from '../database.js';
import type { ModelFiles } from '../emotion-model/models.js';
import { openLocks } from '../locks.js';
import { bundleOf, inTrouble, type KeptInsight, keptInsights, putRows } from './kept.js';
import { InsightFailed, InsightInterrupted } from './messages.js';
import { finished, launched } from './run.js';

export type KeeperParts = {
  pool: Pool;
  url: string;
  /** Whom a game may ask what is felt. */
  models: ModelFiles;
  logger: Logger;
  signal: AbortSignal;
};

const LOOK_MS = 1_000;
/** How soon a row is there after its event; rewriting all rows costs more than folding an event. */
const EVERY_MS = 1_000;
/** For a batch of events, or all rows: a fold that needs longer is stuck. */
const TIMEOUT_S = 60;

/**
 * Answers the kept insights, each in a process of its own with no rights, from the start of the log on: what it knows
 * of players is in its memory alone, and an insight that is begun anew shows its rows of before until it has come as far.
 * Of several engines one answers each.
 */
export async function keepInsights(parts: KeeperParts): Promise<void> {
  while (!parts.signal.aborted) {
    try {
      await session(parts);
    } catch (error) {
      parts.logger.warn({ error: (error as Error).message }, 'the kept insights pause');
    }
    await sleep(LOOK_MS, undefined, { signal: parts.signal }).catch(() => {});
  }
}

type Running = { generation: string; worker: ChildProcess };

/** As long as one lock connection lives. */
async function session(parts: KeeperParts): Promise<void> {
  const { pool, signal } = parts;
  const locks = await openLocks(pool);
  const running = new Map<string, Running>();
  const end = (name: string) => {
    running.get(name)?.worker.kill('SIGKILL');
    running.delete(name);
  };
  try {
    while (!signal.aborted && !locks.lost.aborted) {
      const kept = await keptInsights(pool);
      const isKept = (name: string, { generation }: Running) =>
        kept.some((one) => one.name === name && one.generation === generation);
      for (const [name, one] of running) if (!isKept(name, one)) end(name);
      await locks.take(kept.map(({ name }) => lockOf(name)));
      for (const one of kept) {
        if (running.has(one.name) || one.trouble !== null || !locks.held.has(lockOf(one.name))) continue;
        running.set(one.name, await begin(parts, one, () => running.delete(one.name)));
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
    }
  } finally {
    for (const name of running.keys()) end(name);
    await locks.release();
  }
}

const lockOf = (name: string) => `insight/${name}`;

async function begin(
  { pool, url, models, logger, signal }: KeeperParts,
  insight: KeptInsight,
  onEnd: () => void,
): Promise<Running> {
  const { name, generation, memoryMiB, scope, position: from } = insight;
  const bundle = (await bundleOf(pool, insight))!;
  const worker = launched(memoryMiB);
  const task = { bundle, models, timeoutS: TIMEOUT_S, follow: { url, scope, from, everyMs: EVERY_MS } };
  let writing = Promise.resolve();
  const ended = finished(worker, task, {
    memoryMiB,
    hear: (message) => {
      if ('kept' in message) writing = writing.then(() => putRows(pool, insight, message.kept));
      // The database may be away: it begins anew, and what it tells then is of all there is.
      writing.catch(() => worker.kill('SIGKILL'));
    },
  });
  ended
    .catch(async (error: Error) => {
      if (signal.aborted || worker.signalCode === 'SIGKILL') return;
      const isItsFault = error instanceof InsightFailed && !(error instanceof InsightInterrupted);
      const what = isItsFault ? 'a kept insight is not answered any more' : 'a kept insight is begun anew';
      logger.warn({ insight: name, error: error.message }, what);
      if (isItsFault) await inTrouble(pool, insight, error.message).catch(() => {});
    })
    .finally(onEnd);
  return { generation, worker };
}
