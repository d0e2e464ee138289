import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { glossFile, openGlosser } from './gloss.js';
import { terms } from './terms.js';

const { gloss, words, simplify } = openGlosser();

describe('the gloss', () => {
  const said: [string, string][] = [
    ['奶妈', 'healer'],
    ['我用金克丝赢了吗？', 'I with Jinx won ?'],
    ['五杀！', 'pentakill five kills !'],
    ['上分', 'rank up climb'],
    ['老虎', 'tiger'],
    ['3杀2死, GG', '3 kill 2 died , GG good game'],
    ['I won 排位赛 today', 'I won ranked match today'],
    ['擊敗', gloss('击败')],
    ['', ''],
    ['的了', ''],
  ];
  for (const [text, wanted] of said)
    it(`says ${text || 'nothing'} as ${wanted || 'nothing'}`, () => {
      assert.equal(
        gloss(text).replace(/[！？]/g, (mark) => (mark === '！' ? '!' : '?')),
        wanted,
      );
    });

  it('takes a run apart into words, the likeliest ones', () => {
    assert.deepEqual(words('我用亚索推塔'), ['我', '用', '亚索', '推塔']);
    assert.deepEqual(words('研究生命的起源'), ['研究', '生命', '的', '起源']);
  });

  it('loses no character of any text, and leaves no Chinese', () => {
    const run = fc.array(fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)));
    fc.assert(
      fc.property(run, (characters) => {
        const text = characters.join('');
        assert.equal(words(text).join(''), text);
        assert.doesNotMatch(gloss(text), /\p{Script=Han}/u);
        assert.equal([...simplify(text)].length, characters.length);
      }),
    );
  });

  it('says whose it is, in the file and beside it', () => {
    const [head] = brotliDecompressSync(readFileSync(glossFile)).toString('utf8').split('\n');
    assert.match(head!, /CC-CEDICT .*CC BY-SA 4\.0/);
    assert.match(readFileSync(new URL('LICENCE.md', `file://${glossFile}`), 'utf8'), /CC BY-SA 4\.0/);
  });
});

describe('the words of players', () => {
  it('are many, each once, in English words', () => {
    assert.ok(terms.size > 500, `${terms.size}`);
    for (const [word, meaning] of terms) assert.doesNotMatch(meaning, /\p{Script=Han}|[;|]/u, word);
  });
});
