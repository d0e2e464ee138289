import { type LivedOn, livedOn } from './anniversary.js';
import type { Remembered } from './memory.js';
import { keptSince } from './strength.js';

/** A memory with all that recalling it takes and no moment changes. Times in milliseconds since 1970. */
export type Known = {
  memory: Remembered;
  last: number;
  /** Last lived or recalled. */
  kept: number;
  /** `null`: never. */
  recalled: number | null;
  /** Days that may come round again: of its first time where there were more, and of its last. */
  days: readonly LivedOn[];
};

export function knownOf(memory: Remembered): Known {
  const { firstAt, lastAt, recalledAt } = memory;
  const last = Date.parse(lastAt);
  return {
    memory,
    last,
    kept: keptSince(memory),
    recalled: recalledAt === null ? null : Date.parse(recalledAt),
    days: firstAt === lastAt ? [livedOn(last)] : [livedOn(Date.parse(firstAt)), livedOn(last)],
  };
}
