import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { emptyPacked, makeRoom, nearest, put } from './packed.js';

const payload = { at: '2026-01-01T00:00:00.000Z', importance: 1, kind: 'talk', gameId: 'g', clientId: 'c' };

/** Much of it zero, as n-grams of a few words are; of any dimension. */
const sparse = (dimension: number) =>
  fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: -8, max: 8 })), {
    minLength: dimension,
    maxLength: dimension,
  });
const searches = fc
  .integer({ min: 1, max: 13 })
  .chain((dimension) => fc.tuple(sparse(dimension), fc.array(sparse(dimension), { maxLength: 6 })));

it('weighs every number of a vector, wherever others are zero', () => {
  fc.assert(
    fc.property(searches, ([question, vectors]) => {
      const packed = emptyPacked(question.length);
      makeRoom(packed, vectors.length);
      for (const [nth, vector] of vectors.entries()) {
        const numbers = Float32Array.from(vector, (value) => value / 1_000);
        put(packed, { id: `${nth}`, payload: { ...payload, key: 'k', mark: 'm' } }, numbers);
      }
      const asked = Float32Array.from(question, (value) => value / 1_000);
      const found = nearest(packed, { vector: asked, limit: vectors.length });
      const scores = new Map(found.map(({ id, score }) => [id, score]));
      for (const [nth, vector] of vectors.entries()) {
        const sum = vector.reduce((so, value, at) => so + value * question[at]!, 0) / 1_000_000;
        assert.ok(Math.abs(scores.get(`${nth}`)! - sum) < 1e-9, `${question} ${vector}`);
      }
    }),
  );
});
