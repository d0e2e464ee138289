import { type PlacedEvent, type Position, START } from '../../eventstore/log.js';
import type { Lease } from './quota.js';

/** So many events a client's players had sent in a month (`2026-01`). */
export type Counted = { clientId: string; month: string; events: number };

/** What was imported is history, and no month's. */
export const countsToQuota = ({ type, metadata }: Pick<PlacedEvent, 'type' | 'metadata'>): boolean =>
  type === 'GameEventRecorded' && !metadata.imported;

type Usage = {
  /** In the log, as far as it was followed. */
  stored: number;
  /** Granted, and not settled. */
  underWay: number;
  /** Acknowledged, and not seen in the log yet: oldest first, by position. */
  ahead: { position: Position; events: number }[];
};

/** How much of this month each client has used, as one process knows it. */
export function usageSeen(now: () => Date) {
  let month = '';
  let known = false;
  let position: Position = START;
  let usages = new Map<string, Usage>();

  /** A new month begins with nothing. */
  const current = (): string => {
    const today = now().toISOString().slice(0, 7);
    if (today > month) [month, usages] = [today, new Map()];
    return month;
  };
  const usageOf = (clientId: string): Usage => {
    current();
    const usage = usages.get(clientId) ?? { stored: 0, underWay: 0, ahead: [] };
    usages.set(clientId, usage);
    return usage;
  };

  return {
    month: current,
    isKnown: () => known,
    used(clientId: string): number {
      const { stored, underWay, ahead } = usageOf(clientId);
      while (ahead.length > 0 && ahead[0]!.position <= position) ahead.shift();
      return stored + underWay + ahead.reduce((sum, { events }) => sum + events, 0);
    },
    lease(clientId: string, granted: number): Lease {
      const usage = usageOf(clientId);
      usage.underWay += granted;
      return {
        granted,
        settle(written, at = START) {
          usage.underWay -= granted;
          if (written > 0 && at > position) usage.ahead.push({ position: at, events: written });
        },
      };
    },
    observe(event: PlacedEvent): void {
      position = event.position;
      const { clientId, recordedAt } = event.metadata;
      if (clientId !== undefined && recordedAt.startsWith(current())) usageOf(clientId).stored++;
    },
    begin(counted: readonly Counted[]): void {
      for (const { clientId, month: of, events } of counted)
        if (of === current()) usageOf(clientId).stored += events;
      known = true;
    },
  };
}
