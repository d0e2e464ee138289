import type { LineCache } from '../../commands/voice/line-cache.js';
import { nothingFound } from '../../domain/kernel/found.js';

/** The same cache, and how often a line was in it. */
export function countedCache(cache: LineCache) {
  const found = nothingFound();
  const counted: LineCache = {
    ...cache,
    async get(key) {
      const line = await cache.get(key);
      found[line === null ? 'misses' : 'hits']++;
      return line;
    },
  };
  return { cache: counted, found };
}
