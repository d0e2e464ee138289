import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import wabt from 'wabt';
import { ASSEMBLED, dotsWith } from './dots.js';

it('is what its text says', async () => {
  const { parseWat } = await wabt();
  const text = parseWat('dots.wat', readFileSync('projections/vectors/dots.wat', 'utf8'), { simd: true });
  assert.equal(Buffer.from(text.toBinary({}).buffer).toString('base64'), ASSEMBLED);
});

it('multiplies with each of many, however many and however wide', () => {
  for (const [stride, count] of [
    [4, 0],
    [4, 40_000],
    [36, 1],
    [1_024, 129],
    [65_536, 3],
  ] as const) {
    const question = Float32Array.from({ length: stride - 1 }, (_, at) => (at % 7) - 3);
    const vectors = Float32Array.from({ length: stride * count }, (_, at) => (at % 11) - 5);
    const products = dotsWith(question, { vectors, stride, count });
    assert.equal(products.length, count);
    for (let nth = 0; nth < count; nth += 1 + Math.floor(count / 50)) {
      const row = vectors.subarray(nth * stride, (nth + 1) * stride);
      const sum = question.reduce((so, value, at) => so + value * row[at]!, 0);
      // Whole numbers so small are exact in 32 bits as well.
      assert.equal(products[nth], sum, `${nth} of ${count} at ${stride}`);
    }
  }
});
