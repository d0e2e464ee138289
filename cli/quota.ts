import { setTimeout as sleep } from 'node:timers/promises';
import type { Quota } from '../commands/quota/quota.js';
import { countsToQuota } from '../commands/quota/usages.js';
import type { EventLog, Position } from '../eventstore/log.js';
import type { Pool } from '../projections/database.js';
import { usageThisMonth } from '../projections/usage.js';
import type { Logger } from './logger.js';

type Begun = Awaited<ReturnType<typeof usageThisMonth>>;

/** To be asked before the log is followed: what the read model has by then is not told again. */
export const usageBefore = (pool: Pool): Promise<Begun> => usageThisMonth(pool);

type Beginning = { log: EventLog; from: Position; logger: Logger; signal: AbortSignal };

/** Tells the quota what was used before `from`, where this process begins to store: the read model, and what it had not got yet. */
export async function beginQuota(
  quota: Quota,
  { position, counted }: Begun,
  { log, from, logger, signal }: Beginning,
): Promise<void> {
  const sums = new Map<string, { clientId: string; month: string; events: number }>();
  try {
    for await (const events of log.read(position, { upTo: from, types: ['GameEventRecorded'], signal })) {
      for (const event of events) {
        const { clientId, recordedAt } = event.metadata;
        if (clientId === undefined || !countsToQuota(event)) continue;
        const month = recordedAt.slice(0, 7);
        const sum = sums.get(`${clientId} ${month}`) ?? { clientId, month, events: 0 };
        sums.set(`${clientId} ${month}`, { ...sum, events: sum.events + 1 });
      }
    }
  } catch (error) {
    logger.warn({ error: (error as Error).message }, 'quotas hold nobody back until the engine starts again');
    return;
  }
  if (!signal.aborted) quota.begin([...counted, ...sums.values()]);
}

const LEARNT_EVERY_MS = 30_000;
/** By then each instance has told the others of what the read model had. */
const TOLD_BY_MS = 5_000;

/** Now and then, what all instances stored: the count that they share may have been lost, or whoever had not told of it yet. */
export async function keepLearning(quota: Quota, pool: Pool, signal: AbortSignal): Promise<void> {
  const pause = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  while (!signal.aborted) {
    await pause(LEARNT_EVERY_MS);
    const used = await usageThisMonth(pool).catch(() => null);
    await pause(TOLD_BY_MS);
    if (used && !signal.aborted) quota.learn(used.counted);
  }
}
