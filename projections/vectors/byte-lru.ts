import { type Found, nothingFound } from '../../domain/kernel/found.js';

/** A map that forgets what was longest unused once its values weigh more than `limit` bytes together. */
export type ByteLru<V> = {
  get(key: string): V | undefined;
  /** A value that alone weighs more than the limit is not kept, and takes no other's place. */
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
  return {
    found,
    get(key) {
      const entry = entries.get(key);
      found[entry ? 'hits' : 'misses']++;
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, bytes) {
      forget(key);
      if (bytes > limit) return;
      entries.set(key, { value, bytes });
      total += bytes;
      while (total > limit) forget(entries.keys().next().value!);
    },
    get bytes() {
      return total;
    },
  };
}
