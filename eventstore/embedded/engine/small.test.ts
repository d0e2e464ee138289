import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { crc32, tableCrc32 } from './crc32.js';
import { lru } from './lru.js';
import { storageError } from './store.js';

test('the checksum is the same with and without a Node that brings it', () => {
  assert.equal(tableCrc32(Buffer.from('123456789')), 0xcbf43926);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => crc32(bytes) === tableCrc32(bytes)));
});

test('what is longest unused is forgotten first', () => {
  const cache = lru<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  assert.equal(cache.get('a'), 1);
  cache.set('c', 3);
  assert.deepEqual([cache.get('a'), cache.get('b'), cache.get('c'), cache.size], [1, undefined, 3, 2]);
});

test('what a disk answers becomes one clear line', () => {
  const line = (code: string) =>
    storageError(Object.assign(new Error(`${code}: failed`), { code }), '/d').message;
  assert.equal(line('ENOSPC'), 'the disk of /d is full');
  assert.equal(line('EROFS'), '/d cannot be written');
  assert.equal(line('EACCES'), '/d cannot be written');
  assert.equal(line('ENOTDIR'), '/d is not a folder');
  assert.match(storageError(new Error('odd\nstack'), '/d').message, /^the log in \/d cannot be used: odd$/);
});
