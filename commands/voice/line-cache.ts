/** Lines that were written before, by what they were asked with. Losing all costs money alone. */
export type LineCache = {
  get(key: string): Promise<string | null>;
  set(key: string, line: string, ttlMs: number): Promise<void>;
};

const KEPT = 10_000;

/** For one instance alone. */
export function cacheInProcess(clock: () => number = () => performance.now()): LineCache {
  const kept = new Map<string, { line: string; until: number }>();
  return {
    async get(key) {
      const entry = kept.get(key);
      if (!entry) return null;
      if (entry.until > clock()) return entry.line;
      kept.delete(key);
      return null;
    },
    async set(key, line, ttlMs) {
      kept.delete(key);
      kept.set(key, { line, until: clock() + ttlMs });
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    },
  };
}
