import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cut } from './cut.js';
import type { Lexicon } from './lexicon.js';
import { marksOf } from './marks.js';
import { faceAt, knownWords } from './tables.js';
import { signOf } from './testing/line.js';
import { toneOf } from './tone.js';
import { spellingsOf } from './vocabulary.js';
import { chinese as chineseWords } from './words/chinese.js';
import { chineseInnocent } from './words/chinese-abuse.js';
import { english as englishWords } from './words/english.js';
import { englishInnocent } from './words/english-abuse.js';
import { emoji, faces } from './words/faces.js';

const { resolve, vocabulary } = knownWords();

/** The whole spelling is one entry of the tables, and works on nothing beside it. */
function isOneEntry(spelling: string): boolean {
  const found = marksIn(spelling);
  return found.length === 1 && found[0]!.entry?.spelling === spelling && found[0]!.entry.effect === undefined;
}

/** The negation before it stays a word of its own. */
const isJust = (not: string, spelling: string) => marksIn(not + spelling)[1]?.entry?.spelling === spelling;

const marksIn = (text: string) => marksOf(cut(text, { resolve, faceAt }), vocabulary);

describe('the tables', () => {
  const lexicons: [string, Lexicon, string][] = [
    ['english', englishWords, 'not '],
    ['chinese', chineseWords, '不'],
  ];
  const all = (rows: readonly (readonly [string, ...unknown[]] | string)[]) =>
    rows.flatMap((row) => spellingsOf(typeof row === 'string' ? row : row[0]));

  for (const [name, lexicon, not] of lexicons) {
    it(`${name}: no spelling stands twice in a table, none is empty, and what is plain is nothing else`, () => {
      const { felt, lonely, effects, abusive, plain } = lexicon;
      for (const rows of [[...felt, ...lonely], effects, abusive, plain]) {
        const spellings = all(rows);
        assert.deepEqual(
          spellings.filter((one, at) => spellings.indexOf(one) !== at),
          [],
        );
        assert.ok(!spellings.includes(''));
      }
      const others = new Set(all([...felt, ...lonely, ...effects, ...abusive]));
      assert.deepEqual(
        all([...plain, ...englishInnocent, ...chineseInnocent]).filter((one) => others.has(one)),
        [],
      );
    });

    it(`${name}: weights are within their bounds`, () => {
      for (const [row, valence, arousal = 0] of [...lexicon.felt, ...lexicon.lonely])
        assert.ok(Math.abs(valence) <= 1 && Math.abs(arousal) <= 1, row);
      for (const [row, valence] of lexicon.abusive) assert.ok(valence < 0 && valence >= -1, row);
    });

    it(`${name}: negation turns every entry`, () => {
      let turned = 0;
      for (const [row, valence] of [...lexicon.felt, ...lexicon.lonely]) {
        if (Math.abs(valence) < 0.1) continue;
        for (const spelling of spellingsOf(row)) {
          const alone = toneOf(spelling);
          // With "not" before it some begin another entry of the tables, and some hold a negation of their own.
          if (!isOneEntry(spelling) || !isJust(not, spelling) || signOf(alone) !== Math.sign(valence))
            continue;
          assert.equal(Math.sign(toneOf(not + spelling).valence), -Math.sign(valence), not + spelling);
          turned++;
        }
      }
      assert.ok(turned > 600, `${turned}`);
    });
  }

  it('emoji and faces are felt as they are written, within a line too', () => {
    for (const [row, valence] of [...emoji, ...faces])
      for (const sign of spellingsOf(row)) {
        const expected = Math.abs(valence) <= 0.1 ? 0 : Math.sign(valence);
        assert.equal(signOf(toneOf(sign)), expected, sign);
        assert.equal(signOf(toneOf(`ward ${sign} 龙`)), expected, sign);
      }
  });
});
