import type { PlacedEvent } from '../../eventstore/log.js';

/** So many events a client's players had sent in a month (`2026-01`). */
export type Counted = { clientId: string; month: string; events: number };

/** What was imported is history, and no month's. */
export const countsToQuota = ({ type, metadata }: Pick<PlacedEvent, 'type' | 'metadata'>): boolean =>
  type === 'GameEventRecorded' && !metadata.imported;

/** How much of this month a client has used, as one process knows it. */
export type Usage = {
  /** Of the client and the month. */
  readonly key: string;
  /** At least so many are in the log: those that were when it was looked at, and those stored here since. */
  stored: number;
  /** Of these, stored here and not told to the other instances yet. */
  untold: number;
  /** Granted here, settled or not told to the others either. */
  underWay: number;
  /** What the count that instances share was, without those two. */
  heard: number;
  heardAt: number;
  /** How often that is being asked just now. */
  asking: number;
};

const nothing = (key: string): Usage => ({
  key,
  ...{ stored: 0, untold: 0, underWay: 0, asking: 0 },
  ...{ heard: 0, heardAt: Number.NEGATIVE_INFINITY },
});

export const usedOf = ({ stored, untold, underWay, heard }: Usage): number =>
  Math.max(stored, heard + untold) + underWay;

/** The usages of all clients; a new month begins with none. */
export function openUsages(now: () => Date) {
  let month = '';
  let usages = new Map<string, Usage>();
  const current = (): string => {
    const today = now().toISOString().slice(0, 7);
    if (today > month) [month, usages] = [today, new Map()];
    return month;
  };
  return {
    month: current,
    of(clientId: string): Usage {
      current();
      const usage = usages.get(clientId) ?? nothing(`${clientId}:${month}`);
      usages.set(clientId, usage);
      return usage;
    },
    all(): (readonly [clientId: string, events: number])[] {
      current();
      return [...usages].map(([clientId, usage]) => [clientId, usedOf(usage)]);
    },
  };
}
