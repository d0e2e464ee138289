import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Entry, glossLines, traditionalLine } from './entries.js';

const entry = (simplified: string, english: string[], over: Partial<Entry> = {}): Entry => ({
  simplified,
  traditional: simplified,
  pinyin: 'x1',
  english,
  ...over,
});
const often = (...words: string[]) => new Map(words.map((word) => [word, 1_000]));

describe('the lines of the gloss', () => {
  const rows: [string, Entry[], string[]][] = [
    [
      'two short senses',
      [entry('升级', ['to escalate (in intensity)', 'to upgrade; to level up', 'more'])],
      ['escalate upgrade'],
    ],
    ['no remarks', [entry('里', ['variant of 裡|里[li3]', 'lining', 'CL:個|个[ge4]'])], ['lining']],
    ['no long ones', [entry('局', ['a word for very many things at once', 'narrow'])], ['narrow']],
    [
      'a name after what it means',
      [entry('高', ['Gao'], { pinyin: 'Gao1' }), entry('高', ['high'])],
      ['high'],
    ],
    ['no phrase', [entry('一二三四五六', ['numbers'])], []],
    ['no letters', [entry('AA制', ['to split the bill'])], []],
  ];
  for (const [name, entries, glosses] of rows)
    it(`have ${name}`, () => {
      const words = entries.map(({ simplified }) => simplified);
      const told = glossLines(entries, often(...words)).map((line) => line.split('\t')[2]);
      assert.deepEqual(told, glosses);
    });

  it('leave out what is rare, but no character, the most frequent first', () => {
    const entries = [entry('罕见词', ['rare']), entry('罕', ['rare']), entry('词', ['word'])];
    assert.deepEqual(glossLines(entries, new Map([['词', 60]])), ['词\t60\tword', '罕\t0\trare']);
  });

  it('know the traditional characters that are no simplified ones', () => {
    const entries = [
      entry('击败', [], { traditional: '擊敗' }),
      entry('后', [], { traditional: '後' }),
      entry('后', []),
    ];
    assert.equal(traditionalLine(entries), '擊击敗败後后');
  });
});
