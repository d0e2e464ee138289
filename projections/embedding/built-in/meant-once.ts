import { createHash } from 'node:crypto';
import { byteLru } from '../../vectors/byte-lru.js';
import type { English } from './english.energetic.js';

/** Texts that the model is given at once: more of them would be no cheaper, and whoever asks meanwhile waits for them. */
const AT_ONCE = 8;
/** Some four thousand meanings. */
const CACHED_BYTES = 8 * 2 ** 20;
/** What a meaning weighs beside its numbers. */
const ENTRY_BYTES = 200;

/**
 * What the first of these texts mean: those that were met lately and as many more as the model is given at once. Kept by
 * a hash, for texts may be of persons.
 */
export function meantOnce(english: English): English {
  const cache = byteLru<Float32Array>(CACHED_BYTES);
  return async (texts) => {
    const known = new Map<string, ArrayLike<number>>();
    const missing = new Map<string, string>();
    const keys: string[] = [];
    for (const text of texts) {
      const key = createHash('sha256').update(text).digest('base64');
      const found = known.get(key) ?? cache.get(key);
      if (found) known.set(key, found);
      else if (!missing.has(key) && missing.size === AT_ONCE) break;
      else missing.set(key, text);
      keys.push(key);
    }
    const made = await english([...missing.values()]);
    for (const [nth, key] of [...missing.keys()].entries()) {
      const meaning = Float32Array.from(made[nth]!);
      known.set(key, meaning);
      cache.set(key, meaning, meaning.byteLength + ENTRY_BYTES);
    }
    return keys.map((key) => known.get(key)!);
  };
}
