import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { tellsOfOneself } from './telling.js';
import { TELLS_EN, TELLS_NOT_EN, TELLS_NOT_ZH, TELLS_ZH } from './testing/tellings.js';
import { FORGET, FORGET_NOT } from './testing/wishes.js';
import { wishesToForget } from './wishing.js';

const all = (is: (text: string) => boolean, wanted: boolean, told: readonly string[]) =>
  assert.deepEqual(
    told.filter((text) => is(text) !== wanted),
    [],
  );

describe('what a message is to memory', () => {
  it('is something of the player where it says so of them', () => {
    all(tellsOfOneself, true, TELLS_EN);
    all(tellsOfOneself, true, TELLS_ZH);
  });

  it('is nothing to keep where it greets, asks, orders, hurts, tells of distress or of the game at hand', () => {
    all(tellsOfOneself, false, TELLS_NOT_EN);
    all(tellsOfOneself, false, TELLS_NOT_ZH);
  });

  it('is a wish to forget, or the very opposite', () => {
    all(wishesToForget, true, FORGET);
    all(wishesToForget, false, FORGET_NOT);
    all(tellsOfOneself, false, FORGET);
  });

  it('is found out of any text whatever', () => {
    const words = fc.constantFrom(
      'i ',
      'my ',
      '我',
      '忘',
      "don't ",
      'forget ',
      'that',
      '?',
      '。',
      '\n',
      'have a ',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3000 }),
      fc.array(words, { maxLength: 400 }).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        assert.equal(typeof tellsOfOneself(text), 'boolean');
        assert.equal(typeof wishesToForget(text), 'boolean');
      }),
    );
  });
});
