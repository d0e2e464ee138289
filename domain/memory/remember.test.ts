import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogEvent } from '../events/log-events.js';
import { initialMind, type Lived, remember } from './remember.js';
import { defaultWeighing, weighingOf } from './settings.js';
import { gladly, life, minute, remembered, type Step } from './testing/lives.js';

const keysOf = (steps: Step[]) => remembered(life(steps)).memories.map(({ key }) => key);
const won = (data = {}) => ({ type: 'player.victory', data });
const other = (type: string, data: object, revision = 9) =>
  ({ id: 'x1', subject: 'p1', revision, type, data }) as Lived & LogEvent;

describe('what is kept', () => {
  it('are firsts, feats and records, with what adds up to their importance', () => {
    const { memories } = remembered(
      life([
        { type: 'player.multi_kill', data: { killCount: 5, hero: 'Jinx', map: 'Rift' } },
        { type: 'player.multi_kill', data: { killCount: 5, hero: 'Jinx' } },
        { type: 'player.kill', data: { personalRecord: true } },
        { type: 'player.kill', data: { personalRecord: true } },
      ]),
    );
    const [first, again, , record] = memories;
    assert.deepEqual(first, {
      id: first!.id,
      key: 'multi_kill/5/Jinx',
      kind: 'first',
      at: minute(0),
      revision: 0,
      facts: { what: 'player.multi_kill', hero: 'Jinx', map: 'Rift', killCount: 5 },
      importance: 1,
      parts: { base: 0.5, achievement: 0.3, firstOccurrence: 0.3, intensity: 0.12 },
      felt: { label: 'happy', intensity: 0.6 },
      lang: 'zh',
      sources: ['e0'],
    });
    assert.match(first!.id, /^[0-9a-f-]{36}$/);
    assert.deepEqual([again!.kind, again!.key, again!.importance], ['moment', 'multi_kill/5/Jinx', 0.92]);
    assert.deepEqual([record!.kind, record!.key, record!.importance], ['record', 'record/kill', 0.82]);
  });

  it('is counted with its first time, when it is a feat', () => {
    const feat = { type: 'player.multi_kill', data: { killCount: 5, hero: 'Jinx' } };
    const { memories } = remembered(life([feat, feat, feat]));
    assert.deepEqual(
      memories.map(({ kind, key }) => [kind, key]),
      ['first', 'moment', 'moment'].map((kind) => [kind, 'multi_kill/5/Jinx']),
    );
  });

  it('is not what happens every day', () => {
    const everyday = [
      'player.idle',
      'player.damage_taken',
      'session.start',
      'session.end',
      'player.save_loaded',
    ];
    assert.deepEqual(keysOf(everyday.map((type) => ({ type }))), []);
    assert.deepEqual(keysOf([{ type: 'player.kill' }, { type: 'player.kill' }]), ['first/kill']);
  });

  it("is each hero's first victory, by the hero that the match began with too", () => {
    const keys = keysOf([
      { type: 'match.start', data: { hero: 'Jinx' } },
      won(),
      { type: 'match.start', data: { hero: 'Zed' } },
      won(),
      { type: 'match.start', data: { hero: 'Zed' } },
      won(),
    ]);
    assert.deepEqual(
      keys.filter((key) => key.startsWith('first')),
      ['first/victory/Jinx', 'first/victory/Zed'],
    );
  });

  it('is a round number of victories', () => {
    const { memories } = remembered(life(Array.from({ length: 11 }, () => won())));
    const milestone = memories.filter(({ facts }) => facts.what === 'player.victory' && facts.victories);
    assert.deepEqual(
      milestone.map(({ key, revision }) => [key, revision]),
      [['victory//10', 9]],
    );
  });

  it('is weighed as the game says', () => {
    const kill = life([{ type: 'player.kill' }]);
    const weighing = weighingOf({ weights: { firstOccurrence: 0 } });
    assert.deepEqual(remembered(kill, { how: { ...gladly, weighing } }).memories, []);
    const strict = weighingOf({ keepAbove: 0.95 });
    assert.deepEqual(remembered(kill, { how: { ...gladly, weighing: strict } }).memories, []);
  });

  it("is no first of a game's own events that mean nothing to anybody", () => {
    const events = life([{ type: 'custom.menu' }, { type: 'custom.menu' }]);
    const how = { ...gladly, felt: { ...gladly.felt, source: 'carried' } };
    assert.deepEqual(remembered(events, { how }).memories, []);
    assert.deepEqual(
      remembered(events).memories.map(({ key }) => key),
      ['first/custom.menu'],
    );
  });

  it('is what the player told, sealed, in the language it was told in', () => {
    const chat = { text: 'sealed:abc', at: minute(3), lang: 'en', tells: true };
    const { memories } = remember(initialMind, other('ChatMessageReceived', chat), gladly);
    assert.deepEqual(memories, [
      {
        id: memories[0]!.id,
        key: 'talk/x1',
        kind: 'talk',
        at: minute(3),
        revision: 9,
        facts: { what: 'talk' },
        importance: 0.8,
        parts: { told: 0.8 },
        felt: { label: 'happy', intensity: 0.6 },
        lang: 'en',
        sources: ['x1'],
        sealed: 'sealed:abc',
      },
    ]);
    const { tells: _, ...small } = chat;
    assert.deepEqual(remember(initialMind, other('ChatMessageReceived', small), gladly).memories, []);
  });

  it('has the language of its player then', () => {
    const mind = remember(initialMind, other('PersonaChosen', { lang: 'en' }), gladly).mind;
    assert.equal(remembered(life([won()]), { mind }).memories[0]!.lang, 'en');
  });
});

describe('what was recalled and what is forgotten', () => {
  it('is told once a line, and leaves the mind as it is', () => {
    const recalled = [
      { memoryId: 'm1', score: 0.8 },
      { memoryId: 'm1', score: 0.7 },
      { memoryId: 'm2', score: 0.5 },
    ];
    for (const type of ['CompanionActed', 'LineWritten']) {
      const { mind, uses } = remember(initialMind, other(type, { recalled, at: minute(1) }), gladly);
      assert.equal(mind, initialMind);
      assert.deepEqual(uses, [
        { memoryId: 'm1', score: 0.8, at: minute(1) },
        { memoryId: 'm2', score: 0.5, at: minute(1) },
      ]);
    }
    const gone = { keys: ['k'], memoryIds: ['m1'], reason: 'asked', at: minute(2) };
    assert.deepEqual(remember(initialMind, other('MemoriesForgotten', gone), gladly).forgotten, gone);
  });
});

describe('looking back', () => {
  const reflections = (steps: Step[], kind: string) =>
    remembered(life(steps), { how: { felt: { label: 'happy', intensity: 0.9 }, weighing: defaultWeighing } })
      .memories.filter((memory) => memory.kind === kind)
      .map(({ key, facts, revision }) => ({ key, facts, revision }));

  it('sums up a match at its end, with all that was in it', () => {
    const steps = [
      { type: 'match.start', data: { matchId: 'm1', map: 'Rift' } },
      { type: 'player.kill', data: { hero: 'Jinx' } },
      { type: 'player.kill' },
      { type: 'player.death' },
      won({ mvp: true }),
      { type: 'match.end' },
      { type: 'match.start', data: { matchId: 'm2' } },
      { type: 'player.defeat', data: { killCount: 7 } },
      { type: 'match.end', data: { matchId: 'm2' } },
    ];
    const counts = { deathCount: 0, assistCount: 0 };
    assert.deepEqual(reflections(steps, 'match'), [
      {
        key: 'match/m1',
        revision: 4,
        facts: {
          ...{ what: 'match', hero: 'Jinx', map: 'Rift', matchId: 'm1', killCount: 2, deathCount: 1 },
          ...{ assistCount: 0, result: 'victory', mvp: true },
        },
      },
      {
        key: 'match/m2',
        // Since the game has told the end of one, others are waited for.
        revision: 8,
        facts: { what: 'match', matchId: 'm2', killCount: 7, ...counts, result: 'defeat' },
      },
    ]);
  });

  it('sums up a match whose end is never told when the next one begins', () => {
    const steps = [won(), { type: 'match.end' }, { type: 'match.start' }, won(), { type: 'match.start' }];
    assert.deepEqual(
      reflections(steps, 'match').map(({ revision }) => revision),
      [0, 4],
    );
  });

  it('sums up a week with the first event of another one', () => {
    const day = 24 * 60;
    // The twentieth is a Friday.
    const steps = [
      { type: 'player.kill', minutes: 0 },
      { ...won(), minutes: day },
      { type: 'player.defeat', minutes: 2 * day },
      { type: 'player.kill', minutes: 3 * day },
      { type: 'player.kill', minutes: 20 * day },
    ];
    assert.deepEqual(reflections(steps, 'week'), [
      {
        key: 'week/2026-W47',
        revision: 3,
        facts: { what: 'week', matches: 2, victories: 1, defeats: 1, killCount: 1 },
      },
    ]);
  });

  it('sums up a rivalry at the fifth, tenth and twenty-fifth match with the same hero or boss', () => {
    const meeting = [
      { type: 'match.start' },
      { type: 'player.kill', data: { hero: 'Jinx', victim: 'Zed' } },
      { type: 'player.death', data: { hero: 'Jinx', killer: 'Zed' } },
      { type: 'player.kill', data: { victim: 'a person' } },
    ];
    const steps = Array.from({ length: 26 }, () => meeting).flat();
    const facts = reflections(steps, 'rivalry').map(({ facts }) => [
      facts.rival,
      facts.matches,
      facts.killCount,
    ]);
    assert.deepEqual(facts, [
      ['Zed', 5, 5],
      ['Zed', 10, 10],
      ['Zed', 25, 25],
    ]);
    const boss = { type: 'player.death', data: { rival: 'Malenia' } };
    assert.equal(reflections(Array(5).fill(boss), 'rivalry').length, 0, 'it was one match');
    const objective = { type: 'player.objective', data: { rival: 'Malenia' } };
    assert.deepEqual(reflections(Array(5).fill(objective), 'rivalry')[0]?.key, 'rivalry/Malenia');
  });
});
