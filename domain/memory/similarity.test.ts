import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { MEANS_SOMETHING, similarityOf } from './similarity.js';

it('is by either of them, more by both, and never leaves 0 to 1', () => {
  assert.equal(similarityOf({ cosine: null, words: 0 }), 0);
  assert.equal(similarityOf({ cosine: 0.9, words: 0 }), 1);
  assert.ok(similarityOf({ cosine: 0.5, words: 0 }) >= MEANS_SOMETHING);
  assert.ok(similarityOf({ cosine: null, words: 0.4 }) >= MEANS_SOMETHING);
  const cosine = fc.option(fc.double({ min: -1, max: 1, noNaN: true }));
  const words = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(cosine, words, words, cosine, (cosine, words, fewer, lower) => {
      const both = similarityOf({ cosine, words });
      assert.ok(both >= 0 && both <= 1);
      assert.ok(similarityOf({ cosine, words: Math.min(words, fewer) }) <= both);
      if (lower !== null && cosine !== null)
        assert.ok(similarityOf({ cosine: Math.min(lower, cosine), words }) <= both);
      assert.ok(similarityOf({ cosine: null, words }) <= both);
    }),
  );
});
