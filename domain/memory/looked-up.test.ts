import assert from 'node:assert/strict';
import { it } from 'node:test';
import { lexicalIndex, lexicalScores, lexicalText } from './lexical.js';
import { lookedUpIn } from './looked-up.js';

it('is found in both languages, and by what players call it', () => {
  const pentakill = lookedUpIn({
    kind: 'moment',
    facts: { what: 'player.multi_kill', killCount: 5, hero: 'Jinx' },
  });
  const loss = lookedUpIn({ kind: 'match', facts: { what: 'match', hero: 'Lux', result: 'defeat' } });
  const texts = lexicalIndex([pentakill, loss].map(lexicalText));
  for (const asked of ['my pentakill', '我的五杀', '五连杀', 'that five-kill streak', 'with Jinx']) {
    const [found, other] = lexicalScores(asked, texts);
    assert.ok(found! > other!, asked);
  }
});
