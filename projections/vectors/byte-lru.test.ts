import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byteLru } from './byte-lru.js';

/** As who reads through it does: what is missed is made, and kept if it may be. */
function through(limit: number, bytes = 1) {
  const cache = byteLru<string>(limit);
  const asked = (key: string) => {
    if (cache.get(key) === undefined) cache.set(key, key, bytes);
  };
  const has = (keys: string) => [...keys].filter((key) => cache.get(key) !== undefined).join('');
  return { cache, asked, has };
}

describe('what is kept in memory', () => {
  it('comes in at once while there is room, and never weighs more than the limit', () => {
    const { cache, asked, has } = through(3);
    for (const key of 'abc') asked(key);
    assert.equal(has('abc'), 'abc');
    cache.set('b', 'heavier', 2);
    assert.ok(cache.bytes <= 3);
    assert.equal(cache.get('b'), 'heavier');
  });

  it('makes room for who is asked for again, by what was longest unused', () => {
    const { cache, asked, has } = through(3);
    for (const key of 'abc') asked(key);
    cache.get('a');
    asked('d');
    assert.equal(has('abc'), 'abc', 'once is not enough');
    asked('d');
    asked('d');
    assert.equal(has('bcd') + has('a'), 'bcd');
  });

  it('is not driven out by those who come by in turns, more than there is room for', () => {
    const { cache, asked } = through(10);
    const keys = Array.from({ length: 100 }, (_, nth) => `k${nth}`);
    const before = () => cache.found.hits;
    for (const key of keys) asked(key);
    const hits = before();
    for (let turn = 0; turn < 5; turn++) for (const key of keys) asked(key);
    assert.equal(before() - hits, 5 * 10);
  });

  it('does not keep what alone weighs more than all may, and forgets what was there of that key', () => {
    const { cache, asked, has } = through(3);
    for (const key of 'abc') asked(key);
    cache.set('a', 'new', 4);
    assert.equal(cache.get('a'), undefined, 'what was there is not what it is any more');
    assert.equal(has('bc'), 'bc');
    assert.equal(cache.bytes, 2);
  });
});
