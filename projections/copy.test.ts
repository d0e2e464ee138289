import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lineMaker, startLines } from './copy.js';
import type { Table } from './projection.js';

const table: Table = {
  how: 'add',
  key: ['id'],
  columns: { id: 'text', said: 'text?', count: 'bigint', data: 'jsonb?' },
};

test('a row is a line with as many fields as columns, whatever is in them', () => {
  const lineOf = lineMaker(table);
  assert.equal(lineOf({ id: 'a', said: 'b', count: 3, data: { c: 1 } }), 'a\tb\t3\t{"c":1}\n');
  assert.equal(lineOf({ id: '', said: '', count: 0, data: null }), '\t\t0\t\\N\n');
  assert.equal(lineOf({ id: 'a', count: 1, data: 'b\\\t' }), 'a\t\\N\t1\t"b\\\\\\\\\\\\t"\n');
  assert.equal(lineOf({ id: 'a\tb\nc\rd\\', said: '\0', count: 1 }), 'a\\tb\\nc\\rd\\\\\t\uFFFD\t1\t\\N\n');
});

test('lines are as long as they are, in pieces of any size, whatever their letters', () => {
  const lineOf = lineMaker(table);
  const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((some) => some.repeat(300));
  const property = fc.property(fc.array(text, { maxLength: 30 }), (texts) => {
    const lines = startLines(table);
    const rows = texts.map((said, nth) => ({ id: 'a', said, count: nth, data: [said] }));
    for (const row of rows) lines.take(row);
    lines.end();
    const all = Buffer.concat(lines.pieces);
    assert.equal(all.toString(), rows.map(lineOf).join(''));
    assert.equal(lines.bytes, all.length);
  });
  fc.assert(property, { numRuns: 30 });
});
