import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CHARACTER_LINES_MAX, characterProblem, lineIdOf, linesOfCharacter } from './character.js';
import { linesFor } from './lines/index.js';

type Character = Parameters<typeof characterProblem>[0];
type Written = Parameters<typeof lineIdOf>[1];

const aLine = (text: string, over: Partial<Written> = {}): Character['lines'][number] => {
  const line: Written = { lang: 'en', on: 'kill', text, ...over };
  return { id: lineIdOf('fox', line), ...line };
};
const fox = (...lines: Character['lines']): Character => ({
  character: 'fox',
  like: 'cute',
  name: 'Ari',
  lines,
});

describe("a game's own character", () => {
  it('may say what is written as lines are', () => {
    assert.equal(characterProblem(fox(), []), null);
    const lines = [
      aLine('Got one, {player}!'),
      aLine('干得漂亮。', { lang: 'zh' }),
      aLine('Onward.', { on: 'idle' }),
    ];
    assert.equal(characterProblem(fox(...lines), ['bear']), null);
  });

  const wrong: [string, Character['lines'][number], RegExp][] = [
    ['an unkind word', aLine('You are trash.'), /unkind/],
    ['a foreign character', aLine('Good <b>game</b>.'), /foreign/],
    ['another language', aLine('干得漂亮。'), /foreign/],
    ['no end', aLine('Good'), /does not close/],
    ['too much', aLine(`${'So good. '.repeat(20)}Yes.`), /longer/],
    ['what is never known there', aLine('Round {count}.'), /\{count\} is never known/],
    ['what nobody knows', aLine('Hello {gold}.'), /foreign|unknown/],
  ];
  for (const [name, line, message] of wrong)
    it(`is refused with the line where it is wrong: ${name}`, () => {
      const problem = characterProblem(fox(aLine('Fine.'), line), []);
      assert.equal(problem?.field, 'lines[1].text');
      assert.match(problem!.message, message);
      assert.doesNotMatch(problem!.message, /fox\.kill/, 'without the name of the line, which is ours');
    });

  it('is refused when it says the same twice', () => {
    const problem = characterProblem(fox(aLine('Fine.'), aLine('Good.'), aLine('Fine.')), []);
    assert.deepEqual(problem, { field: 'lines[2].text', message: 'the line is there twice' });
    assert.equal(characterProblem(fox(aLine('Fine.'), aLine('Fine.', { on: 'death' })), []), null);
  });

  it('is one of at most fifty; those that are there may always be written again', () => {
    const known = Array.from({ length: 50 }, (_, nth) => `character-${nth}`);
    assert.equal(characterProblem(fox(), known)?.field, 'persona');
    assert.equal(characterProblem(fox(), known.slice(1)), null);
    assert.equal(characterProblem({ ...fox(), character: 'character-7' }, known), null);
  });

  it('may say as many lines as the most that are taken, all of them seen through', () => {
    const lines = Array.from({ length: CHARACTER_LINES_MAX }, (_, nth) => {
      const word = [...String(nth)].map((digit) => 'bcdfghjkmn'[Number(digit)]).join('');
      return aLine(`Nice ${word}.`);
    });
    assert.equal(characterProblem(fox(...lines), []), null);
    assert.ok(characterProblem(fox(...lines.slice(0, -1), aLine('bad')), []));
  });

  it('may say every line of the library that asks for nothing', () => {
    const lines = linesFor('zh', 'cute').map((line) => {
      const { lang, on, text } = { lang: 'zh' as const, ...line };
      return aLine(text, { lang, on });
    });
    assert.equal(characterProblem(fox(...lines), []), null);
  });
});

describe('the name of a line', () => {
  it('is that of what it says, where and in what language: the same when written again', () => {
    const line = fc.record({
      lang: fc.constantFrom('en' as const, 'zh' as const),
      on: fc.constantFrom('kill' as const, 'idle' as const),
      text: fc.string(),
    });
    fc.assert(
      fc.property(line, line, (one, other) => {
        const same = one.lang === other.lang && one.on === other.on && one.text === other.text;
        assert.equal(lineIdOf('fox', one) === lineIdOf('fox', { ...other }), same);
        assert.notEqual(lineIdOf('fox', one), lineIdOf('bear', one));
      }),
    );
  });
});

describe("a character's lines", () => {
  it('are those of the language', () => {
    const [english, chinese] = [aLine('Fine.'), aLine('好。', { lang: 'zh' })];
    assert.deepEqual(linesOfCharacter(fox(english, chinese), 'zh'), [chinese]);
    assert.deepEqual(linesOfCharacter(undefined, 'zh'), []);
  });
});
