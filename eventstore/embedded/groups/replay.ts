import type { Engine } from '../engine/engine.js';
import type { Group } from './group.js';
import { latestOnly } from './latest.js';
import type { GroupKey } from './settings.js';
import { parkedRange, readParked, truncateParked } from './state-streams.js';

/**
 * Brings what is parked back into the group, a batch at a time. It stays in the parked stream until it is
 * settled, so that no crash loses it; whoever counts it meanwhile does not count what is on its way.
 */
export type Replay = {
  /** Up to a revision of the parked stream, or all of it. */
  start(stopAt?: number): void;
  readonly running: boolean;
  /** Takes what there is room for; whether there is more. */
  pull(batch: number): boolean;
  /** Gives up what is settled: at once when that is all, else at a tick. */
  truncate(tick: boolean): void;
  parkedCount(): number;
  idle(): Promise<void>;
};

export function replayOf(engine: Engine, key: GroupKey, group: Group): Replay {
  const range = parkedRange(engine, key);
  let next = range.first;
  let until = range.first;
  let kept = range.first;
  const writing = latestOnly(
    (before: number) => truncateParked(engine, key, before),
    () => {},
  );
  return {
    start(stopAt = Number.POSITIVE_INFINITY) {
      const { first, next: end } = parkedRange(engine, key);
      next = Math.max(next, first);
      until = Math.max(until, Math.min(stopAt, end));
    },
    get running() {
      return next < until;
    },
    pull(batch) {
      while (next < until && group.hasRoomToReplay(batch)) {
        const parked = readParked(engine, key, { from: next, max: Math.min(batch, until - next) });
        for (const { revision, event } of parked) {
          if (event.event === undefined) group.passParked(revision);
          else group.replay(event, revision);
        }
        next = (parked.at(-1)?.revision ?? until - 1) + 1;
      }
      return next < until;
    },
    truncate(tick) {
      const settled = group.replayedMark().position + 1;
      if (settled <= kept || (!tick && group.counts().replaying > 0)) return;
      kept = settled;
      writing.put(settled);
    },
    parkedCount() {
      const { first, next: end } = parkedRange(engine, key);
      return Math.max(0, end - Math.max(first, next));
    },
    idle: writing.idle,
  };
}
