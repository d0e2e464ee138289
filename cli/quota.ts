import type { Quota } from '../commands/quota/quota.js';
import { countsToQuota } from '../commands/quota/usage-seen.js';
import type { EventLog, Position } from '../eventstore/log.js';
import type { Pool } from '../projections/database.js';
import { usageThisMonth } from '../projections/usage.js';
import type { Logger } from './logger.js';

type Begun = Awaited<ReturnType<typeof usageThisMonth>>;

/** To be asked before the log is followed: what the read model has by then is not told again. */
export const usageBefore = (pool: Pool): Promise<Begun> => usageThisMonth(pool);

/** Tells the quota what was used before `from`, where following the log begins: the read model, and what it had not got yet. */
export async function beginQuota(
  quota: Quota,
  { position, counted }: Begun,
  { log, from, logger, signal }: { log: EventLog; from: Position; logger: Logger; signal: AbortSignal },
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
