/** Names for the few of many who do most; the others are one. */
export type Heaviest = { nameOf(id: string): string };

export const OTHER = 'other';
const WINDOW_MS = 60_000;
/** So many others are looked at for one of them to get a name. */
const CANDIDATES = 1_000;
/** Whoever takes a name has done so much more than who loses it: names do not change back and forth. */
const CLEARLY = 2;

/**
 * At most `max` names at a time, so that no number of clients makes a number of time series (the idea of the Space-Saving
 * algorithm, Metwally 2005). A name is given as long as there are some, and then changes hands once a minute: the busiest of the
 * others takes it from the idlest. What was counted as `other` stays so, and counts only grow. `dropped`: told of who has none
 * any more.
 */
export function heaviest(max: number, dropped: (id: string) => void, now: () => number = Date.now): Heaviest {
  const named = new Map<string, number>();
  const others = new Map<string, number>();
  let windowEnds = now() + WINDOW_MS;

  const turnOver = () => {
    windowEnds = now() + WINDOW_MS;
    const [busiest, count] = most(others);
    const [idlest, least] = most(named, -1);
    if (count > CLEARLY * least) {
      named.delete(idlest);
      dropped(idlest);
      named.set(busiest, 0);
    }
    for (const id of named.keys()) named.set(id, 0);
    others.clear();
  };

  return {
    nameOf(id) {
      if (now() >= windowEnds && named.size >= max) turnOver();
      const known = named.get(id);
      if (known !== undefined || named.size < max) {
        named.set(id, (known ?? 0) + 1);
        return id;
      }
      const before = others.get(id);
      if (before !== undefined || others.size < CANDIDATES) others.set(id, (before ?? 0) + 1);
      return OTHER;
    },
  };
}

/** Who has the highest count, or by `sign` -1 the lowest. */
function most(counts: ReadonlyMap<string, number>, sign = 1): [id: string, count: number] {
  let found: [string, number] = ['', sign > 0 ? 0 : Number.POSITIVE_INFINITY];
  for (const entry of counts) if (entry[1] * sign > found[1] * sign) found = entry;
  return found;
}
