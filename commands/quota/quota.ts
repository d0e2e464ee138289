import { type Counted, openUsages, type Usage, usedOf } from './usages.js';

/** What may be stored of what was asked for: all of it, less, or nothing (0). */
export type Lease = {
  granted: number;
  /** Of what was granted, so many were stored. To be called once, whatever happened. */
  settle(written: number): void;
};

/** How many events the players of a client may send in a month (UTC, by the engine's clock). */
export type Quota = {
  /** At once wherever nobody else has to be asked. Never throws. */
  take(clientId: string, count: number): Lease | Promise<Lease>;
  /** What was stored this month before anything was settled here; until it is told, nobody is refused. */
  begin(counted: readonly Counted[]): void;
  /** What the log held some seconds ago, whoever stored it: for where the shared count was lost. */
  learn(counted: readonly Counted[]): void;
  /** What each client has used of this month, as far as it is known here. */
  used(): Iterable<readonly [clientId: string, events: number]>;
};

/** `known`: at least so much is used, whatever the count says. */
export type Ask = { count: number; known: number; limit: number };

/** A count that instances share. @throws when it cannot be had */
export type SharedCount = {
  /** Adds as much of `count` as `limit` allows; with what the count is then. */
  add(key: string, ask: Ask): Promise<{ granted: number; used: number }>;
  giveBack(key: string, count: number): Promise<void>;
};

export type QuotaParts = {
  /** At once wherever it can. `null`: not known now. */
  limitOf(clientId: string): number | null | Promise<number | null>;
  now: () => Date;
  /** Without it, this is the only instance. */
  shared?: SharedCount;
  warn: (message: string, error: unknown) => void;
  /** Nearer to its end than this, a quota is shared out frame by frame: others may have stored what is not known here yet. */
  near?: number;
  /** Milliseconds that pass evenly, whatever the clock is set to. */
  passed?: () => number;
};

const NEAR = 20_000;
/** What was stored here is told to the others so much later. */
const TOLD_AFTER_MS = 250;
/** What was heard longer ago says nothing of where the end is. */
const HEARD_FOR_MS = 1_000;

/** Each instance counts what it stores, and tells the others so by a count that they share; near the end it asks that count first. */
export function openQuota({ limitOf, now, shared, near = NEAR, ...parts }: QuotaParts): Quota {
  const usages = openUsages(now);
  const isFar = (usage: Usage, count: number, limit: number) => usedOf(usage) + count <= limit - near;
  const sharing = shared && openSharing(shared, parts);
  let known = false;

  const within = (clientId: string, count: number, limit: number | null): Lease | Promise<Lease> => {
    const usage = usages.of(clientId);
    const tell = sharing && (() => sharing.tellSoon(usage));
    if (limit === null || !known) return lease(usage, count, tell);
    const locally = () => lease(usage, Math.max(0, Math.min(count, limit - usedOf(usage))), tell);
    if (!sharing || (isFar(usage, count, limit) && sharing.isFresh(usage))) return locally();
    return sharing.take(usage, count, limit).then((taken) => taken ?? locally());
  };
  return {
    take(clientId, count) {
      const limit = limitOf(clientId);
      if (limit instanceof Promise) return limit.then((told) => within(clientId, count, told));
      return within(clientId, count, limit);
    },
    begin(counted) {
      for (const { clientId, month, events } of counted)
        if (month === usages.month()) usages.of(clientId).stored += events;
      known = true;
    },
    learn(counted) {
      // What it begins with comes on top of what is stored here.
      if (!known) return;
      for (const { clientId, month, events } of counted) {
        if (month !== usages.month()) continue;
        const usage = usages.of(clientId);
        usage.stored = Math.max(usage.stored, events + usage.untold);
      }
    },
    used: usages.all,
  };
}

/** Granted by what this process knows. */
function lease(usage: Usage, granted: number, tell?: () => void): Lease {
  usage.underWay += granted;
  return {
    granted,
    settle(written) {
      usage.underWay -= granted;
      usage.stored += written;
      if (written === 0 || !tell) return;
      usage.untold += written;
      tell();
    },
  };
}

function openSharing(shared: SharedCount, parts: Pick<QuotaParts, 'warn' | 'passed'>) {
  const { warn, passed = () => performance.now() } = parts;
  const telling = new Set<Usage>();
  let failing = false;
  /** `null` when it cannot be had: then each goes by what it knows itself, and asks again a little later. */
  const add = async (usage: Usage, ask: Ask): Promise<number | null> => {
    usage.asking++;
    try {
      const { granted, used } = await shared.add(usage.key, ask);
      usage.heard = used;
      failing = false;
      return granted;
    } catch (error) {
      if (!failing) warn('quotas are counted by each instance for itself', error);
      failing = true;
      return null;
    } finally {
      usage.asking--;
      usage.heardAt = passed();
    }
  };
  return {
    /** While others of this client wait for an answer, who comes later must not overtake them. */
    isFresh: (usage: Usage) => usage.asking === 0 && passed() - usage.heardAt < HEARD_FOR_MS,
    tellSoon(usage: Usage): void {
      if (telling.has(usage)) return;
      telling.add(usage);
      const tell = () => {
        telling.delete(usage);
        const { untold: count, stored } = usage;
        // What is lost on the way is learnt from the log.
        usage.untold = 0;
        void add(usage, { count, known: stored - count, limit: Number.MAX_SAFE_INTEGER });
      };
      setTimeout(tell, TOLD_AFTER_MS).unref();
    },
    async take(usage: Usage, count: number, limit: number): Promise<Lease | null> {
      const { key, stored, untold, underWay } = usage;
      const ask = { count, known: stored - untold, limit: limit - untold - underWay };
      const granted = await add(usage, ask);
      if (granted === null) return null;
      return {
        granted,
        settle(written) {
          usage.stored += written;
          // What cannot be given back is missing to nobody but who did not store it.
          if (written < granted) void shared.giveBack(key, granted - written).catch(() => undefined);
        },
      };
    },
  };
}

/** For who has none: everything is granted. */
export const noQuota: Quota = {
  take: (_, count) => ({ granted: count, settle() {} }),
  begin() {},
  learn() {},
  used: () => [],
};
