import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openBook } from '../../domain/emotion/book.js';
import { feelsBy } from '../felt-by.js';
import { read } from '../testing/folded.js';
import { remembersBy } from './remembers-by.js';
import { aLife } from './testing/told.js';

it('two read models that stand alike share an answer; one that stands elsewhere gets its own', () => {
  const { take } = remembersBy(feelsBy(openBook()));
  const [, first, second] = read(aLife().events);
  const one = take(first!, undefined);
  assert.equal(take(first!, undefined), one);
  const next = take(second!, one.after);
  assert.equal(next.memories[0]!.kind, 'moment');
  assert.equal(take(second!, JSON.parse(JSON.stringify(one.after))), next);
  assert.equal(take(second!, undefined).memories[0]!.kind, 'first');
});
