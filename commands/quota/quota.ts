import type { PlacedEvent, Position } from '../../eventstore/log.js';
import { type Counted, countsToQuota, usageSeen } from './usage-seen.js';

/** What may be stored of what was asked for: all of it, less, or nothing (0). */
export type Lease = {
  granted: number;
  /** Of what was granted, so many were stored, up to that position of the log. To be called once, whatever happened. */
  settle(written: number, position?: Position): void;
};

/** How many events the players of a client may send in a month (UTC, by the engine's clock). */
export type Quota = {
  /** At once wherever the end of the quota is far. Never throws. */
  take(clientId: string, count: number): Lease | Promise<Lease>;
  /** Every event of the log, in order, whoever stored it. */
  observe(event: PlacedEvent): void;
  /** What was stored this month before this process followed the log; until it is told, nobody is refused. */
  begin(counted: readonly Counted[]): void;
};

/**
 * A count that instances share. Adds as much of `count` as `limit` allows, and returns it. `known`: at least so much is used, whatever
 * the count says. @throws when it cannot be had
 */
export type SharedCount = {
  add(key: string, ask: { count: number; known: number; limit: number }): Promise<number>;
  giveBack(key: string, count: number): Promise<void>;
};

export type QuotaParts = {
  /** At once wherever it can. `null`: not known now. */
  limitOf(clientId: string): number | null | Promise<number | null>;
  now: () => Date;
  /** Without it, this is the only instance, or each counts by what it has seen. */
  shared?: SharedCount;
  warn: (message: string, error: unknown) => void;
};

/** Nearer to its end than this, a quota is shared out one by one: others may have stored what is not seen yet. */
const NEAR = 20_000;

/**
 * The log tells what every instance has stored, milliseconds later; so while a quota is far from its end nobody needs to be
 * asked. Near it, instances share a count.
 */
export function openQuota({ limitOf, now, shared, warn }: QuotaParts): Quota {
  const seen = usageSeen(now);
  let failing = false;

  const locally = (clientId: string, count: number, limit: number): Lease => {
    const granted = Math.max(0, Math.min(count, limit - seen.used(clientId)));
    return seen.lease(clientId, granted);
  };

  const together = async (clientId: string, count: number, limit: number): Promise<Lease> => {
    const key = `${clientId}:${seen.month()}`;
    try {
      const granted = await shared!.add(key, { count, known: seen.used(clientId), limit });
      failing = false;
      const lease = seen.lease(clientId, granted);
      return {
        granted,
        settle(written, position) {
          lease.settle(written, position);
          // What cannot be given back is missing to nobody but who did not store it.
          if (written < granted) void shared!.giveBack(key, granted - written).catch(() => undefined);
        },
      };
    } catch (error) {
      if (!failing) warn('quotas are counted by each instance for itself', error);
      failing = true;
      return locally(clientId, count, limit);
    }
  };

  const within = (clientId: string, count: number, limit: number | null): Lease | Promise<Lease> => {
    if (limit === null || !seen.isKnown()) return seen.lease(clientId, count);
    const isNear = seen.used(clientId) + count > limit - NEAR;
    return shared && isNear ? together(clientId, count, limit) : locally(clientId, count, limit);
  };

  return {
    take(clientId, count) {
      const limit = limitOf(clientId);
      if (limit instanceof Promise) return limit.then((told) => within(clientId, count, told));
      return within(clientId, count, limit);
    },
    observe(event) {
      if (countsToQuota(event)) seen.observe(event);
    },
    begin: seen.begin,
  };
}

/** For who has none: everything is granted. */
export const noQuota: Quota = {
  take: (_, count) => ({ granted: count, settle() {} }),
  observe() {},
  begin() {},
};
