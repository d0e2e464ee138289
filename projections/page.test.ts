import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatCursor, instantOf, pageOf, parseCursor } from './page.js';

test('a cursor reads back as it was written', () => {
  const time = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
  fc.assert(
    fc.property(time, fc.nat(), (date, revision) => {
      const at = date.toISOString();
      assert.deepEqual(parseCursor(formatCursor(at, revision)), { at, revision });
      assert.deepEqual(parseCursor(at), { at });
    }),
  );
});

test('anything else is no cursor', () => {
  const bad = [
    '',
    '~1',
    'x~1',
    '2024-01-01',
    '2024-01-01T00:00:00',
    '2024-13-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
  ];
  for (const text of [
    ...bad,
    '2024-01-01T00:00:00Z~',
    '2024-01-01T00:00:00Z~-1',
    '12',
    '2024-01-01T00:00:00Z~1e3',
  ]) {
    assert.equal(parseCursor(text), null, text);
  }
  fc.assert(fc.property(fc.string(), (text) => void parseCursor(text)));
});

test('times with any zone become UTC with milliseconds', () => {
  assert.equal(instantOf('2024-01-01T00:00:00+08:00'), '2023-12-31T16:00:00.000Z');
  assert.equal(instantOf('2024-01-01T00:00:00.123456Z'), '2024-01-01T00:00:00.123Z');
});

test('a page is cut at its limit and says where to go on only when there is more', () => {
  assert.deepEqual(pageOf([1, 2, 3], 2, String), { items: [1, 2], next: '2' });
  assert.deepEqual(pageOf([1, 2], 2, String), { items: [1, 2] });
  assert.deepEqual(pageOf([], 2, String), { items: [] });
});
