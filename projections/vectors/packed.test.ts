import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { byteLru } from './byte-lru.js';
import { bytesOf, emptyPacked, makeRoom, nearest, put } from './packed.js';
import { nearestOf } from './testing/model.js';
import { filters, payloads, pointOf, unitsOf } from './testing/points.js';

const ids = fc.nat(30).map((nth) => `${String(nth).padStart(8, '0')}-aaaa-4bbb-8ccc-0000000000dd`);
const DIMENSION = 7;

test('what is packed is found as by brute force, in whatever pieces it came and however often it was replaced', () => {
  const point = fc
    .tuple(ids, unitsOf(DIMENSION), payloads)
    .map(([id, vector, payload]) => pointOf('ann', vector, { ...payload, id }));
  fc.assert(
    fc.property(
      fc.array(fc.array(point, { maxLength: 12 }), { maxLength: 6 }),
      unitsOf(DIMENSION),
      fc.integer({ min: 1, max: 40 }),
      filters,
      (pieces, vector, limit, filter) => {
        const packed = emptyPacked(DIMENSION);
        for (const piece of pieces) {
          makeRoom(packed, piece.length);
          // A view into something larger, as buffers of a database are.
          for (const one of piece) put(packed, one, new Uint8Array(one.vector.buffer));
        }
        const last = new Map(pieces.flat().map((one) => [one.id, one]));
        const ask = { playerId: 'ann', vector, limit, filter };
        const wanted = nearestOf([...last.values()], ask).slice(0, limit);
        const hits = nearest(packed, ask);
        assert.equal(hits.length, wanted.length);
        for (const [nth, hit] of hits.entries()) {
          assert.ok(Math.abs(hit.score - wanted[nth]!.score) < 1e-6);
          assert.deepEqual(hit.payload, last.get(hit.id)!.payload);
        }
        assert.ok(bytesOf(packed) >= last.size * DIMENSION * 4);
      },
    ),
  );
});

test('equal ones come by their ids, and a score is never past one', () => {
  const packed = emptyPacked(3);
  const vector = Float32Array.from([0.6, 0.8, 0.0001]);
  makeRoom(packed, 3);
  for (const id of ['b', 'c', 'a'])
    put(packed, { ...pointOf('ann', vector), id }, new Uint8Array(vector.buffer));
  const hits = nearest(packed, { vector, limit: 2 });
  assert.deepEqual(
    hits.map(({ id, score }) => [id, score]),
    [
      ['a', 1],
      ['b', 1],
    ],
  );
});

test('a cache keeps what was used last, within its bytes, and nothing that is larger than all of it', () => {
  const cache = byteLru<string>(10);
  cache.set('a', 'A', 4);
  cache.set('b', 'B', 4);
  assert.equal(cache.get('a'), 'A');
  cache.set('c', 'C', 4);
  assert.deepEqual(['a', 'b', 'c'].map(cache.get), ['A', undefined, 'C']);
  cache.set('a', 'AA', 6);
  assert.equal(cache.bytes, 10);
  cache.set('a', 'AAA', 7);
  assert.deepEqual([cache.get('c'), cache.get('a'), cache.bytes], [undefined, 'AAA', 7]);
  cache.set('d', 'D', 11);
  assert.deepEqual([cache.get('d'), cache.get('a'), cache.bytes], [undefined, 'AAA', 7]);
  cache.set('a', 'AAAA', 11);
  assert.deepEqual([cache.get('a'), cache.bytes], [undefined, 0], 'nor what it was before');
});
