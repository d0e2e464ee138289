import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldEvents } from './changes.js';
import type { Projection, Row } from './projection.js';
import type { Recorded } from './recorded.js';

const counted = (row: Row): Projection => ({
  name: 'counted',
  version: 1,
  types: ['FeedbackGiven'],
  tables: {
    sums: { how: 'sum', key: ['a', 'b'], columns: { a: 'text', b: 'text', times: 'bigint' } },
  },
  fold: (event) => ({ sums: { ...(event as unknown as Row), ...row } }),
});

const told = (keys: readonly (readonly [string, string])[]) =>
  keys.map(([a, b]) => ({ a, b, times: 2 }) as unknown as Recorded);

test('what is told of one key is added up, and of no other, however alike their texts are', () => {
  const text = fc.stringMatching(/^[:1]{0,2}$/);
  const property = fc.property(fc.array(fc.tuple(text, text), { maxLength: 30 }), (keys) => {
    const expected = new Map<string, number>();
    for (const key of keys) expected.set(JSON.stringify(key), (expected.get(JSON.stringify(key)) ?? 0) + 2);
    const rows = foldEvents(counted({}), told(keys), new Map()).rows.get('sums')!;
    assert.deepEqual(new Map(rows.map(({ a, b, times }) => [JSON.stringify([a, b]), times])), expected);
  });
  fc.assert(property);
});

test('a row that a fold gives again and again stays as it gave it', () => {
  const row = { a: 'x', b: 'y', times: 1 };
  const same: Projection = { ...counted({}), fold: () => ({ sums: row }) };
  const rows = foldEvents(
    same,
    told([
      ['', ''],
      ['', ''],
      ['', ''],
    ]),
    new Map(),
  ).rows.get('sums')!;
  assert.deepEqual(rows, [{ a: 'x', b: 'y', times: 3 }]);
  assert.equal(row.times, 1);
});
