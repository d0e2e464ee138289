import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Remembered } from '../../domain/memory/memory.js';
import { remembered } from '../../domain/memory/testing/remembered.js';
import { openMeaning } from './meaning.js';
import { type Ask, recallWith } from './recall.js';
import { fakeMeaning, keepingWarn } from './testing/parts.js';

const texts: Record<string, string> = {
  pentakill: 'a pentakill with Jinx',
  cat: 'the cat is called Dumpling',
  loot: 'a legendary sword',
};
const memories = [
  remembered({ key: 'pentakill' }),
  remembered({ key: 'cat', kind: 'talk', facts: { what: 'talk' }, sealed: 'sealed:x', importance: 0.8 }),
  remembered({ key: 'loot', facts: { what: 'player.loot', name: 'Sword' }, importance: 0.75 }),
];
const ask: Ask = {
  ...{ playerId: 'p1', revision: 100, limit: 5 },
  cue: { at: '2026-03-05T20:00:00.000Z', facts: { what: 'match.start', hero: 'Jinx' } },
};

function opened(all: readonly Remembered[] = memories) {
  const given = fakeMeaning(Object.entries(texts).map(([key, text]) => ({ key, text })));
  const { said, warn } = keepingWarn();
  const database = { away: false, hangs: false };
  const recall = recallWith({
    meaning: openMeaning({ ...given, warn }, 50),
    open: async () => texts.cat!,
    sharing: async () => [],
    warn,
    remembered: async () => {
      if (database.away) throw new Error('planted');
      return database.hangs ? new Promise<never>(() => {}) : all;
    },
  });
  return { ...recall, state: given.state, said, database };
}
const keys = (found: readonly { memory: Remembered }[]) => found.map(({ memory }) => memory.key);

describe('recall', () => {
  it('has in mind what the moment shares, and nothing else', async () => {
    const { recallFor, recallAt, state } = opened();
    assert.deepEqual(keys(await recallFor(ask)), ['pentakill']);
    assert.equal(state.asked, 0, 'nothing was asked in words');
    assert.deepEqual(
      keys(await recallAt(ask)),
      ['pentakill', 'cat', 'loot'],
      'who asks is told all, in order',
    );
  });

  it('finds by meaning and by words, also alone by words', async () => {
    const { recallFor, state } = opened();
    const asked = { ...ask, cue: { ...ask.cue, facts: {} }, text: 'my cat, dumpling' };
    assert.deepEqual(keys(await recallFor(asked)), ['cat']);
    state.vectorsAway = true;
    assert.deepEqual(keys(await recallFor(asked)), ['cat']);
    assert.deepEqual(keys(await recallFor({ ...asked, text: 'which sword' })), ['loot']);
    assert.deepEqual(await recallFor({ ...asked, text: '   ' }), []);
  });

  it('lets be what was recalled lately, unless it is what was asked for', async () => {
    const all = memories.map((one) => ({ ...one, recalledAt: '2026-03-04T20:00:00.000Z' }));
    const { recallFor } = opened(all);
    assert.deepEqual(await recallFor(ask), []);
    assert.deepEqual(keys(await recallFor({ ...ask, text: 'that pentakill' })), ['pentakill']);
    const later = { ...ask, cue: { ...ask.cue, at: '2026-03-07T20:00:00.001Z' } };
    assert.deepEqual(keys(await recallFor(later)), ['pentakill']);
  });

  it('never throws to who waits for what comes to mind, and says once why nothing does', async () => {
    const { recallFor, recallAt, database, said } = opened();
    database.away = true;
    assert.deepEqual([await recallFor(ask), await recallFor(ask)], [[], []]);
    await assert.rejects(recallAt(ask), /planted/);
    assert.deepEqual(said, ['nothing is remembered now']);
    database.away = false;
    assert.deepEqual(keys(await recallFor(ask)), ['pentakill']);
  });

  it('does not hang past the signal, whatever hangs', async () => {
    const { recallFor, database, state, said } = opened();
    const soon = () => {
      const within = new AbortController();
      setTimeout(() => within.abort(), 5);
      return within.signal;
    };
    state.embed = () => new Promise<never>(() => {});
    const text = 'a sword';
    const cue = { ...ask.cue, facts: {} };
    assert.deepEqual(
      keys(await recallFor({ ...ask, cue, text, signal: soon() })),
      ['loot'],
      'by words, at least',
    );
    database.hangs = true;
    assert.deepEqual(await recallFor({ ...ask, signal: soon() }), []);
    assert.deepEqual(await recallFor({ ...ask, signal: AbortSignal.abort() }), []);
    assert.deepEqual(said, []);
  });
});
