import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { storable } from './write.js';

test('what Postgres cannot hold becomes U+FFFD, in keys as well; all else stays', () => {
  assert.deepEqual(storable({ 'a\0': ['\ud800x', '好😀', 1, null, true, { b: 'x\udc00' }] }), {
    'a\uFFFD': ['\uFFFDx', '好😀', 1, null, true, { b: 'x\uFFFD' }],
  });
});

test('ordinary values are left alone', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      if (!/\\u(0000|d[89a-f])/.test(text)) assert.deepEqual(storable(JSON.parse(text)), JSON.parse(text));
    }),
  );
});
