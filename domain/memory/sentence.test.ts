import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { builtInEventTypes } from '../events/game-event.js';
import { type MemoryFacts, memoryKinds } from './memory.js';
import { phraseOf, plainSentenceOf, type Sayable, sentenceOf } from './sentence.js';
import { whenOf } from './when.js';

const penta: Sayable = {
  kind: 'moment',
  facts: { what: 'player.multi_kill', hero: '金克丝', killCount: 5, map: '峡谷' },
};
const both = (memory: Sayable, said?: string) => [
  sentenceOf(memory, 'en', said),
  sentenceOf(memory, 'zh', said),
];

describe('a memory in words', () => {
  it('is a sentence that says how often, and one that does not', () => {
    const jinx = { ...penta, facts: { ...penta.facts, hero: 'Jinx', map: "Summoner's Rift" } };
    assert.equal(sentenceOf(jinx, 'en'), "You got a five-kill streak as Jinx on Summoner's Rift.");
    const fourth = "For the fourth time, you got a five-kill streak as Jinx on Summoner's Rift.";
    assert.equal(sentenceOf({ ...jinx, count: 4 }, 'en'), fourth);
    assert.equal(sentenceOf({ ...penta, count: 4 }, 'zh'), '你第四次用金克丝在峡谷打出了五连杀。');
    assert.equal(plainSentenceOf({ ...penta, count: 4 }, 'zh'), sentenceOf(penta, 'zh'));
    assert.match(sentenceOf({ ...jinx, count: 22 }, 'en'), /^For the 22nd time/);
    assert.match(sentenceOf({ ...jinx, count: 113 }, 'en'), /^For the 113th time/);
  });

  it('is a noun phrase that a line can name', () => {
    assert.equal(phraseOf(penta, 'zh'), '那次金克丝五连杀');
    assert.equal(
      phraseOf({ ...penta, facts: { ...penta.facts, hero: 'Jinx' } }, 'en'),
      'that five-kill streak as Jinx',
    );
    const victory = { what: 'player.victory', hero: 'Jinx' };
    assert.equal(phraseOf({ kind: 'first', facts: victory }, 'en'), 'your very first victory as Jinx');
    const rival = { what: 'rivalry', rival: 'Zed' };
    assert.equal(phraseOf({ kind: 'rivalry', facts: rival }, 'zh'), '你和Zed的较量');
  });

  it('speaks of one thing in the singular', () => {
    const match = { what: 'match', killCount: 1, deathCount: 2, assistCount: 0, result: 'victory' } as const;
    assert.deepEqual(both({ kind: 'match', facts: match }), [
      'You won a match, with 1 kill and 2 deaths.',
      '你赢了一局，1杀2死0助攻。',
    ]);
    const week = { what: 'week', matches: 1, victories: 1, defeats: 0, killCount: 1 };
    assert.equal(
      both({ kind: 'week', facts: week })[0],
      'In one week you played 1 match: 1 victory, with 1 kill.',
    );
  });

  it('quotes what the player told, without markup and not at any length', () => {
    const talk: Sayable = { kind: 'talk', facts: { what: 'talk' } };
    assert.deepEqual(both(talk), ['You told me something.', '你跟我说过一件事。']);
    assert.deepEqual(both(talk, 'my cat is\n<b>"Momo"</b>'), [
      `You told me: "my cat is b 'Momo' /b".`,
      `你说过：“my cat is b 'Momo' /b”。`,
    ]);
    assert.deepEqual(both(talk, ' {} '), both(talk));
    assert.ok(both(talk, '🐱'.repeat(2000))[0]!.length < 700);
  });

  const words = fc.constantFrom('Jinx', '金克丝', 'Dragon');
  const count = fc.nat({ max: 300 });
  const facts: fc.Arbitrary<MemoryFacts> = fc.record(
    {
      what: fc.constantFrom(
        ...builtInEventTypes,
        'custom.goal_scored',
        'custom.___',
        'match',
        'week',
        'rivalry',
        'talk',
      ),
      ...{ hero: words, map: words, weapon: words, mode: words, rival: words, name: words, rarity: words },
      ...{ killCount: count, deathCount: count, assistCount: count, level: count, matches: count },
      ...{ victories: count, defeats: count, mvp: fc.constant(true as const) },
      result: fc.constantFrom('victory', 'defeat'),
    },
    { requiredKeys: ['what'] },
  );

  it('is whole and grammatical whatever is not known', () => {
    const told = fc.record({
      kind: fc.constantFrom(...memoryKinds),
      facts,
      count: fc.integer({ min: 1, max: 130 }),
    });
    fc.assert(
      fc.property(told, (memory) => {
        const [en, zh] = both(memory);
        assert.match(en!, /^(You|For|In) .*[^ ,:]\.$/);
        assert.match(zh!, /^你.*[^，：]。$/);
        const phrases = [phraseOf(memory, 'en'), phraseOf(memory, 'zh')];
        for (const text of [en!, zh!, ...phrases]) {
          assert.doesNotMatch(text, /undefined|NaN|null| {2}| [,.:]|的的|\b1 (?!as\b)\w+s\b|\ba [aeiou]/);
          assert.equal(text, text.trim());
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('when it was', () => {
  // A Saturday.
  const now = '2026-11-28T18:00:00.000Z';
  const said: [at: string, en: string, zh: string][] = [
    ['2026-11-28T01:00:00.000Z', 'today', '今天'],
    ['2026-12-05T01:00:00.000Z', 'today', '今天'],
    ['2026-11-27T23:59:00.000Z', 'yesterday', '昨天'],
    ['2026-11-24T12:00:00.000Z', '4 days ago', '4天前'],
    ['2026-11-22T12:00:00.000Z', 'last week', '上周'],
    ['2026-11-16T12:00:00.000Z', 'last week', '上周'],
    ['2026-11-10T12:00:00.000Z', '3 weeks ago', '3周前'],
    ['2026-10-20T12:00:00.000Z', 'in October', '10月'],
    ['2026-03-20T12:00:00.000Z', 'in March', '3月'],
    ['2025-11-28T12:00:00.000Z', 'a year ago', '一年前'],
    ['2023-06-01T12:00:00.000Z', '3 years ago', '3年前'],
  ];
  for (const [at, en, zh] of said)
    it(`is ${en} of ${at}`, () => {
      assert.deepEqual([whenOf(at, now, 'en'), whenOf(at, now, 'zh')], [en, zh]);
    });

  it('is last year where a month alone would be taken for this one', () => {
    assert.equal(whenOf('2025-12-20T12:00:00.000Z', '2026-02-01T12:00:00.000Z', 'zh'), '去年12月');
  });
});
