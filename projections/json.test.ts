import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toJson } from './json.js';

const through = (value: unknown) => JSON.parse(toJson(value));

test('what Postgres cannot hold becomes U+FFFD, in keys as well; all else stays', () => {
  assert.deepEqual(through({ 'a\0': ['\ud800x', '好😀', 1, null, true, { b: 'x\udc00' }] }), {
    'a\uFFFD': ['\uFFFDx', '好😀', 1, null, true, { b: 'x\uFFFD' }],
  });
  assert.deepEqual(through(['\\u0000', '\\\0', '\\ud800', '"\\"\n']), [
    '\\u0000',
    '\\\uFFFD',
    '\\ud800',
    '"\\"\n',
  ]);
});

test('any text is what it was, but for those characters', () => {
  const anyText = fc
    .array(fc.constantFrom('a', '\\', 'u0000', 'ud800', '\0', '\ud800', '\udc00', '"', '好'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(through([text])[0], text.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '\uFFFD'));
    }),
  );
});
