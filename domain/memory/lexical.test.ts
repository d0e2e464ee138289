import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { type LexicalText, lexicalIndex, lexicalScores, lexicalText } from './lexical.js';

const texts = [
  'Your first pentakill, with Jinx, on Summoner’s Rift',
  'You won four matches of seven in that week',
  'You lost to Yasuo again and again',
  '你用Jinx在召唤师峡谷拿下第一次五杀',
  '你打通了古龙那一关',
  '你说过你的猫叫团子',
].map(lexicalText);

const scoresOf = (asked: string, all: readonly LexicalText[]) => [...lexicalScores(asked, lexicalIndex(all))];

/** The best of the texts for what is asked. */
const best = (asked: string): number => {
  const scores = scoresOf(asked, texts);
  return scores.indexOf(Math.max(...scores));
};

it('finds by words and by pairs of signs, whatever stands around them', () => {
  assert.equal(best('do you remember my pentakills?'), 0);
  assert.equal(best('how did we do that WEEK'), 1);
  assert.equal(best('yasuo...'), 2);
  assert.equal(best('还记得我的五杀吗'), 3);
  assert.equal(best('古龙怎么过的'), 4);
  assert.equal(best('我的猫'), 5);
  assert.equal(best('用Jinx的那次五杀'), 3);
});

it('knows a word in its forms, and a sign in its width', () => {
  const [one] = scoresOf('ｋｉｌｌｅｄ stories', [lexicalText('a killing story')]);
  assert.ok(one! > 0.9);
});

it('finds nothing where nothing can be looked for', () => {
  for (const asked of ['', '???', 'do you remember me', '你还记得我吗'])
    assert.deepEqual(
      scoresOf(asked, texts),
      texts.map(() => 0),
    );
  assert.deepEqual(scoresOf('pentakill', []), []);
});

it('is from 0 to 1, the most for who says it all, and each text’s own whatever their order', () => {
  const text = fc
    .array(fc.constantFrom('win', 'lose', '五杀', '古龙', 'Jinx'), { maxLength: 8 })
    .map((said) => said.join(' '));
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 12 }), fc.nat(12), (asked, told, some) => {
      const all = told.map(lexicalText);
      const scores = scoresOf(asked, all);
      for (const score of scores) assert.ok(score >= 0 && score <= 1);
      const backwards = scoresOf(asked, [...all].reverse()).reverse();
      for (const [at, score] of scores.entries()) assert.ok(Math.abs(score - backwards[at]!) < 1e-12);
      const apart = lexicalScores(asked, lexicalIndex(all.slice(0, some)), all.slice(some));
      assert.deepEqual([...apart], scores, 'whether they are in the index or beside it');
    }),
  );
});
