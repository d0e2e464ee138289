import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { languages } from '../kernel/language.js';
import { namesPlayer, withName } from './named.js';

describe('a line that names the player', () => {
  it('is shown with the name, wherever it stands', () => {
    assert.equal(withName('{player}! Well done, {player}.', 'en', 'Ann'), 'Ann! Well done, Ann.');
    assert.ok(namesPlayer('Well done, {player}.'));
    assert.ok(!namesPlayer('Well done, player.'));
  });

  it('is shown to a friend where the name is not to be had', () => {
    assert.equal(withName('Well done, {player}.', 'en', null), 'Well done, friend.');
    assert.equal(withName('稳，{player}。', 'zh', null), '稳，朋友。');
  });

  it('is shown with any name as it is, also one that looks like a pattern or a placeholder', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('$&', '$`', "$'", '$$', '$1', '{player}', ''),
    );
    fc.assert(
      fc.property(names, fc.constantFrom(...languages), (name, lang) => {
        assert.equal(withName('<{player}|{player}>', lang, name), `<${name}|${name}>`);
      }),
    );
  });

  it('is left as it is where nobody is named', () => {
    const line = fc.string({ unit: 'binary' }).filter((text) => !text.includes('{player}'));
    fc.assert(
      fc.property(line, fc.string(), (text, name) => {
        assert.equal(withName(text, 'en', name), text);
      }),
    );
  });
});
