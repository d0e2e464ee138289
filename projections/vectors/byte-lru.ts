import { type Found, nothingFound } from '../../domain/kernel/found.js';

/**
 * A map that forgets what was longest unused once its values weigh more than `limit` bytes together. Who is asked for once
 * takes no other's place: when there is no room left, only what was missed before, and lately, comes in. So many who
 * come by in turns, more than there is room for, do not drive each other out; and what was read for one of them dies young,
 * which costs the collection of garbage next to nothing.
 */
export type ByteLru<V> = {
  get(key: string): V | undefined;
  /** A value that alone weighs more than the limit is not kept, and takes no other's place either. */
  set(key: string, value: V, bytes: number): void;
  readonly bytes: number;
  readonly found: Found;
};

export function byteLru<V>(limit: number): ByteLru<V> {
  const entries = new Map<string, { value: V; bytes: number }>();
  const found = nothingFound();
  let total = 0;
  const forget = (key: string) => {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };
  /** How often those were missed that were missed lately: of no more keys than there are entries. */
  const missed = new Map<string, number>();
  const miss = (key: string) => {
    const times = (missed.get(key) ?? 0) + 1;
    missed.delete(key);
    missed.set(key, times);
    if (missed.size > Math.max(1, entries.size)) missed.delete(missed.keys().next().value!);
  };
  const comesIn = (key: string, bytes: number) =>
    bytes <= limit && (entries.has(key) || total + bytes <= limit || (missed.get(key) ?? 0) > 1);
  return {
    found,
    get(key) {
      const entry = entries.get(key);
      found[entry ? 'hits' : 'misses']++;
      if (!entry) {
        miss(key);
        return undefined;
      }
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, bytes) {
      const isKept = comesIn(key, bytes);
      forget(key);
      if (!isKept) return;
      missed.delete(key);
      entries.set(key, { value, bytes });
      total += bytes;
      while (total > limit) forget(entries.keys().next().value!);
    },
    get bytes() {
      return total;
    },
  };
}
