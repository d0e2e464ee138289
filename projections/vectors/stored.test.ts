import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { readerOfStored, storedOf } from './stored.js';
import { randomUnits } from './testing/points.js';

const dotOf = (one: Float32Array, other: Float32Array) =>
  one.reduce((sum, value, at) => sum + value * other[at]!, 0);

/** As Postgres writes it: broken into lines. */
const base64Of = (bytes: Buffer) => bytes.toString('base64').replace(/.{76}/g, '$&\n');

const pairs = fc
  .constantFrom(1, 3, 255, 256, 257, 384, 1024, 1536)
  .chain((dimension) => fc.integer().map((seed) => randomUnits(dimension, seed)))
  .map((next) => [next(), next()] as const);

it('keeps a vector so that no product is off by more than 0.00001', () => {
  fc.assert(
    fc.property(pairs, ([kept, question]) => {
      const read = readerOfStored(kept.length)(base64Of(storedOf(kept)));
      assert.ok(Math.abs(dotOf(read, question) - dotOf(kept, question)) < 1e-5);
      assert.ok(Math.abs(dotOf(read, read) - 1) < 1e-4, 'of unit length');
    }),
    { numRuns: 300 },
  );
});

it('keeps what is zero but for one number', () => {
  const one = Float32Array.from({ length: 1024 }, (_, at) => (at === 7 ? -1 : 0));
  assert.deepEqual([...readerOfStored(1024)(base64Of(storedOf(one)))], [...one]);
});

it('takes half the room from 256 numbers on', () => {
  assert.equal(storedOf(new Float32Array(255).fill(1)).length, 4 * 255);
  assert.equal(storedOf(new Float32Array(256).fill(1)).length, 4 + 2 * 256);
});

it('reads those that were kept whole before', () => {
  const vector = Float32Array.from({ length: 1024 }, (_, at) => Math.sin(at));
  const read = readerOfStored(1024);
  const before = base64Of(Buffer.from(vector.buffer));
  for (const text of [before, base64Of(storedOf(vector)), before]) {
    const off = read(text).reduce((most, value, at) => Math.max(most, Math.abs(value - vector[at]!)), 0);
    assert.ok(off <= 1 / 65_534 + 1e-7, `off by ${off}`);
  }
});

it('refuses what is no vector of the dimension', () => {
  for (const length of [0, 2, 4 * 1023, 4 * 1025, 2 * 1024, 4 + 2 * 1024 + 2, 8 * 1024])
    assert.throws(
      () => readerOfStored(1024)(base64Of(Buffer.alloc(length))),
      /no vector of 1024 dimensions/,
      `${length}`,
    );
  assert.throws(() => readerOfStored(8)(base64Of(Buffer.alloc(4 + 2 * 8))), /no vector of 8 dimensions/);
});
