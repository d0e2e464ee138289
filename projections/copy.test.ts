import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineMaker } from './copy.js';
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
