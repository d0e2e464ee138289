import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { tellsOfOneself } from './telling.js';
import { DESPAIR, TELLS_EN, TELLS_NOT_EN, TELLS_NOT_ZH, TELLS_ZH } from './testing/tellings.js';
import { ASIDE_NOT_EN, ASIDE_NOT_ZH, ASIDE_TELLS_EN, ASIDE_TELLS_ZH } from './testing/told/aside.js';
import { SET_NOT_ZH, SET_TELLS_ZH } from './testing/told/chinese.js';
import { SET_NOT_EN, SET_TELLS_EN } from './testing/told/english.js';
import { MORE_NOT_ZH, MORE_TELLS_ZH } from './testing/told/more-chinese.js';
import { MORE_NOT_EN, MORE_TELLS_EN } from './testing/told/more-english.js';
import { FORGET, FORGET_NOT } from './testing/wishes.js';
import { wishesToForget } from './wishing.js';

const all = (is: (text: string) => boolean, wanted: boolean, told: readonly string[]) =>
  assert.deepEqual(
    told.filter((text) => is(text) !== wanted),
    [],
  );

type Told = { tells: readonly string[]; not: readonly string[] };

/** Of what is to be kept, how much is; and of what is kept, how much was to be. */
function measured({ tells, not }: Told): { recall: number; precision: number } {
  const right = tells.filter(tellsOfOneself).length;
  const wrong = not.filter(tellsOfOneself).length;
  return { recall: right / tells.length, precision: right / (right + wrong) };
}

function atLeast(floor: { recall: number; precision: number }, told: Told): void {
  const { recall, precision } = measured(told);
  assert.ok(recall >= floor.recall, `recall ${recall}`);
  assert.ok(precision >= floor.precision, `precision ${precision}`);
}

describe('what a message is to memory', () => {
  it('is something of the player where it says so of them', () => {
    all(tellsOfOneself, true, TELLS_EN);
    all(tellsOfOneself, true, TELLS_ZH);
  });

  it('is nothing to keep where it greets, asks, orders, hurts, tells of distress or of the game at hand', () => {
    all(tellsOfOneself, false, TELLS_NOT_EN);
    all(tellsOfOneself, false, TELLS_NOT_ZH);
  });

  it('is nearly always known in what the rules were tuned by', () => {
    const floor = { recall: 0.92, precision: 0.95 };
    atLeast(floor, { tells: [...SET_TELLS_EN, ...MORE_TELLS_EN], not: [...SET_NOT_EN, ...MORE_NOT_EN] });
    atLeast(floor, { tells: [...SET_TELLS_ZH, ...MORE_TELLS_ZH], not: [...SET_NOT_ZH, ...MORE_NOT_ZH] });
  });

  it('is mostly known in what they were not tuned by', () => {
    const floor = { recall: 0.75, precision: 0.85 };
    atLeast(floor, { tells: ASIDE_TELLS_EN, not: ASIDE_NOT_EN });
    atLeast(floor, { tells: ASIDE_TELLS_ZH, not: ASIDE_NOT_ZH });
  });

  it('is never to be kept where it sounds of despair, whatever else it says', () => {
    for (const text of DESPAIR)
      all(tellsOfOneself, false, [text, `My cat is called Momo. ${text}`, `${text}\n我的猫叫团子`]);
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
      'do not ',
      'always ',
      'really ',
      '一',
      '从',
      '不',
      '了',
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
