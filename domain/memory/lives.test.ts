import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { importanceOf } from './importance.js';
import { KEPT_ABOVE } from './memory.js';
import { initialMind, type Mind } from './remember.js';
import { rememberedOf } from './remembered.js';
import { sentenceOf } from './sentence.js';
import { defaultWeighing } from './settings.js';
import { life, lives, remembered } from './testing/lives.js';

const again = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const STATE_MAX = 24 * 1024;

describe('whatever a game tells', () => {
  it('the same life is remembered the same, also by a mind that was stored in between', () => {
    fc.assert(
      fc.property(lives(), fc.nat(), (events, cut) => {
        const whole = remembered(events);
        const at = events.length === 0 ? 0 : cut % (events.length + 1);
        const half = remembered(events.slice(0, at));
        const rest = remembered(events.slice(at), { mind: again(half.mind) });
        assert.deepEqual([...half.memories, ...rest.memories], whole.memories);
        assert.deepEqual(again(rest.mind), again(whole.mind));
        assert.deepEqual(rest.path ?? half.path, whole.path);
      }),
    );
  });

  it('only what is important enough is kept, with parts that add up to it, in sayable sentences', () => {
    fc.assert(
      fc.property(lives(), (events) => {
        for (const { importance, parts, facts, kind, sources } of remembered(events).memories) {
          assert.ok(importance > KEPT_ABOVE && importance <= 1);
          const sum = Object.values(parts).reduce((one, other) => one + other, 0);
          assert.ok(Math.abs(Math.min(1, sum) - importance) < 1e-9);
          assert.ok(sources.length > 0);
          for (const lang of ['en', 'zh'] as const)
            assert.doesNotMatch(
              sentenceOf({ kind, facts, count: 3 }, lang),
              /[<>{}\p{Cc}]|undefined|NaN|null/u,
            );
        }
      }),
    );
  });

  it('the mind stays small, and is plain JSON', () => {
    fc.assert(
      fc.property(lives(400), (events) => {
        const { mind } = remembered(events);
        assert.ok(JSON.stringify(mind).length < STATE_MAX);
        assert.deepEqual(again(mind), mind);
      }),
      { numRuns: 30 },
    );
  });

  it('ids are of one player and one event, and come once', () => {
    fc.assert(
      fc.property(lives(40), (events) => {
        const mine = remembered(events).memories.map(({ id }) => id);
        const others = remembered(events.map((event) => ({ ...event, subject: 'p2' }))).memories;
        assert.equal(new Set([...mine, ...others.map(({ id }) => id)]).size, mine.length * 2);
      }),
    );
  });

  it('a match is summed up once at most', () => {
    const type = fc.constantFrom(
      'match.start',
      'match.end',
      'player.victory',
      'player.defeat',
      'player.kill',
    );
    fc.assert(
      fc.property(fc.array(type, { maxLength: 60 }), (types) => {
        const how = { felt: { label: 'happy', intensity: 1 } as const, weighing: defaultWeighing };
        const { memories, mind } = remembered(life(types.map((type) => ({ type }))), { how });
        const summed = memories.filter(({ kind }) => kind === 'match').length;
        assert.ok(summed <= mind.chapters.matches);
      }),
    );
  });

  it('memories count what a moment looks back upon, and no more', () => {
    fc.assert(
      fc.property(lives(), fc.nat(), (events, asked) => {
        const { all, memories } = remembered(events);
        const revision = events.length === 0 ? 0 : asked % events.length;
        const path = all.slice(0, revision + 1).findLast(({ path }) => path !== null)?.path ?? null;
        const groups = rememberedOf(memories, [], { revision, path });
        const counts = groups.reduce((sum, { count }) => sum + count, 0);
        assert.ok(groups.every(({ revisions: [, last] }) => last <= revision));
        assert.equal(new Set(groups.map(({ key }) => key)).size, groups.length);
        const then = remembered(events.slice(0, revision + 1));
        const asItWas = rememberedOf(then.memories, [], { revision, path: then.path });
        assert.deepEqual(groups, asItWas, 'a past moment is as it was then');
        assert.ok(counts <= then.memories.length);
      }),
    );
  });
});

describe('an importance', () => {
  const stakes = fc.record({
    feat: fc.boolean(),
    record: fc.boolean(),
    first: fc.boolean(),
    intensity: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const { weights } = defaultWeighing;

  it('is between 0 and 1, and the sum of its parts', () => {
    fc.assert(
      fc.property(stakes, (what) => {
        const { importance, parts } = importanceOf(what, weights);
        const sum = Object.values(parts).reduce((one, other) => one + other, 0);
        assert.ok(importance >= 0 && importance <= 1 && Math.abs(importance - Math.min(1, sum)) < 1e-9);
        assert.ok(Object.values(parts).every((part) => part > 0));
      }),
    );
  });

  it('never falls with what is added to it', () => {
    fc.assert(
      fc.property(stakes, stakes, (one, other) => {
        const more = {
          feat: one.feat || other.feat,
          record: one.record || other.record,
          first: one.first || other.first,
          intensity: Math.max(one.intensity, other.intensity),
        };
        assert.ok(importanceOf(more, weights).importance >= importanceOf(one, weights).importance);
      }),
    );
  });

  it('of nothing special is not kept, however strongly it was felt', () => {
    assert.equal(importanceOf({ intensity: 1 }, weights).importance > KEPT_ABOVE, false);
    assert.equal(importanceOf({ record: true, intensity: 0.1 }, weights).importance, 0.72);
  });
});

it('a common life fits into a row of four kilobytes', () => {
  const matches = Array.from({ length: 300 }, (_, nth) => [
    { type: 'match.start', data: { matchId: `m${nth}`, map: 'Rift', hero: `Hero ${nth % 40}` } },
    ...Array.from({ length: 10 }, (_, kill) => ({
      type: 'player.kill',
      data: { hero: `Hero ${nth % 40}`, victim: `Hero ${(nth + kill) % 120}` },
    })),
    { type: 'player.victory', data: { killCount: nth % 17, mvp: nth % 5 === 0 } },
    { type: 'match.end' },
  ]).flat();
  const mind: Mind = remembered(life(matches), { mind: initialMind }).mind;
  assert.ok(JSON.stringify(mind).length < 4096, `${JSON.stringify(mind).length}`);
});
