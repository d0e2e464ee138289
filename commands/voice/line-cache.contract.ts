import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { until } from '../../eventstore/testing/events.js';
import type { LineCache } from './line-cache.js';

const LONG_MS = 600_000;

/** What every adapter of the port promises. */
export const lineCachePromises: Record<string, (cache: LineCache) => Promise<void>> = {
  'knows nothing of a key that nobody set': async (cache) => {
    assert.equal(await cache.get(randomUUID()), null);
  },

  'gives back what was set, as it was, and under its own key alone': async (cache) => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '稳住', '"\n\u0000😀'));
    await fc.assert(
      fc.asyncProperty(texts, texts, async (one, other) => {
        const [key, beside] = [randomUUID(), randomUUID()];
        await Promise.all([cache.set(key, one, LONG_MS), cache.set(beside, other, LONG_MS)]);
        assert.equal(await cache.get(key), one);
        assert.equal(await cache.get(beside), other);
      }),
      { numRuns: 30 },
    );
  },

  'keeps what was set last, and for as long as that was set for': async (cache) => {
    const key = randomUUID();
    await cache.set(key, 'first', 1);
    await cache.set(key, 'second', LONG_MS);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await cache.get(key), 'second');
    await cache.set(key, 'third', 1);
    await until(async () => (await cache.get(key)) === null);
  },

  'forgets when the time is over, parts of a millisecond and no time at all included': async (cache) => {
    const keys = [randomUUID(), randomUUID(), randomUUID()];
    await Promise.all([
      cache.set(keys[0]!, 'a', 5),
      cache.set(keys[1]!, 'b', 0.5),
      cache.set(keys[2]!, 'c', 0),
    ]);
    for (const key of keys) await until(async () => (await cache.get(key)) === null);
  },
};
