import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { knownOf } from './known.js';
import { type MemoryFacts, memoryKinds, type Remembered } from './memory.js';
import { type Candidate, type Cue, comesToMind, recall } from './recall.js';
import { DAY_MS } from './strength.js';
import { remembered } from './testing/remembered.js';

const cue: Cue = { at: '2026-03-10T20:00:00.000Z', facts: { what: 'match.start', hero: 'Jinx' } };
const of = (memory: Partial<Remembered> = {}, similarity: number | null = null): Candidate => ({
  known: knownOf(remembered(memory)),
  similarity,
});
const only = (candidate: Candidate, when = cue) => recall([candidate], when)[0]!;
const rankOf = ({ parts }: ReturnType<typeof only>) =>
  parts.relevance * parts.importance * parts.recency * parts.boost;

/** Days before the cue, at which something was lived. */
const ago = (days: number) => new Date(Date.parse(cue.at) - days * DAY_MS).toISOString();

const facts: fc.Arbitrary<MemoryFacts> = fc.record(
  {
    what: fc.constantFrom('player.multi_kill', 'match.start'),
    hero: fc.constantFrom('Jinx', 'Lux'),
    map: fc.constantFrom('Rift', 'Abyss'),
    rival: fc.constantFrom('Zed', 'Yasuo'),
  },
  { requiredKeys: ['what'] },
);
const candidates: fc.Arbitrary<Candidate> = fc
  .record({
    n: fc.nat(30),
    kind: fc.constantFrom(...memoryKinds),
    days: fc.integer({ min: -3, max: 400 }),
    importance: fc.double({ min: 0.7, max: 1, noNaN: true }),
    facts,
    similarity: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    mark: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
  })
  .map(({ n, days, similarity, mark, ...memory }) => ({
    known: knownOf(remembered({ key: `k${n}`, lastAt: ago(days), ...memory })),
    similarity,
    ...(mark && { mark }),
  }));
const distinct = fc.uniqueArray(candidates, { selector: ({ known }) => known.memory.key, maxLength: 25 });

describe('recall', () => {
  it('is the product of its parts, and says what is shared', () => {
    const { score, parts, shares } = only(of({ kind: 'match', lastAt: ago(30) }));
    assert.deepEqual(shares, ['hero']);
    assert.equal(parts.relevance, 1 - 0.85 * 0.5);
    assert.equal(parts.recency, 0.5);
    assert.equal(parts.importance, 0.9);
    assert.ok(Math.abs(score - 0.575 * 0.9 * 0.5 * 1.15) < 1e-12);
  });

  it('brings to mind what was a year ago today', () => {
    const lived = of({
      kind: 'first',
      facts: { what: 'player.victory' },
      lastAt: '2025-03-11T09:00:00.000Z',
    });
    assert.deepEqual(only(lived).shares, ['anniversary']);
    const ahead = { ...cue, until: ago(-3) };
    assert.deepEqual(only(lived, ahead).shares, ['anniversary'], 'of now, however far is looked');
    assert.equal(only(lived).parts.boost, 1.5);
    const repeated = of({ firstAt: '2025-03-11T09:00:00.000Z', lastAt: ago(2.5), count: 2 });
    assert.deepEqual(only(repeated).shares, ['hero', 'anniversary'], 'of its first time too');
  });

  it('looks for what was asked, however long ago it was, and of what is as near takes the fresher one', () => {
    const old = of({ key: 'old', kind: 'match', importance: 0.71, lastAt: ago(300) }, 0.8);
    const fresh = of({ key: 'fresh', kind: 'first', importance: 1, lastAt: ago(1) }, 0.4);
    const keys = (all: Candidate[]) => recall(all, { ...cue, facts: {} }).map(({ memory }) => memory.key);
    assert.deepEqual(keys([fresh, old]), ['old', 'fresh']);
    const asNear = { ...old, similarity: 0.4 };
    assert.deepEqual(keys([asNear, fresh]), ['fresh', 'old']);
    const unasked = [old, fresh].map(({ known }) => ({ known, similarity: null }));
    assert.deepEqual(keys(unasked), ['fresh', 'old']);
  });

  it('has nothing in mind that shares nothing, but can still rank it', () => {
    const other = only(of({ facts: { what: 'player.loot' }, lastAt: ago(2) }));
    assert.ok(other.score > 0 && other.shares.length === 0);
    const which = comesToMind;
    assert.deepEqual(recall([of({ facts: { what: 'player.loot' }, lastAt: ago(2) })], cue, { which }), []);
    for (const near of [0, 0.49, 0.5, 1]) {
      const loot = of({ facts: { what: 'player.loot' }, lastAt: ago(2) }, near);
      assert.equal(recall([loot], cue, { which }).length, near >= 0.5 ? 1 : 0);
    }
  });

  it('is monotone in every part', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(candidates, part, part, (candidate, one, other) => {
        const { memory } = candidate.known;
        fc.pre(memory.lastAt <= cue.at);
        const with_ = (given: Partial<Remembered>) => ({
          ...candidate,
          known: knownOf({ ...memory, ...given }),
        });
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const grows = (make: (value: number) => Candidate) =>
          assert.ok(rankOf(only(make(less))) <= rankOf(only(make(more))) + 1e-12);
        grows((similarity) => ({ ...candidate, similarity }));
        grows((importance) => with_({ importance }));
        // Without a round time between, what is nearer counts more.
        grows((share) => with_({ firstAt: ago(6 - 5 * share), lastAt: ago(6 - 5 * share) }));
        for (const fact of ['hero', 'map', 'rival'] as const) {
          const when = { ...cue, facts: { ...cue.facts, [fact]: 'X' } };
          const sharing = with_({ facts: { ...memory.facts, [fact]: 'X' } });
          const not = with_({ facts: { ...memory.facts, [fact]: 'Y' } });
          assert.ok(rankOf(only(sharing, when)) > rankOf(only(not, when)));
        }
      }),
    );
  });

  it('keeps scores within 0 and 1, best first, and is the same in whatever order it is asked', () => {
    fc.assert(
      fc.property(distinct, fc.infiniteStream(fc.nat()), (all, dice) => {
        const found = recall(all, cue);
        for (const { score } of found) assert.ok(score >= 0 && score <= 1);
        for (const [n, one] of found.entries())
          if (n > 0) assert.ok(rankOf(one) <= rankOf(found[n - 1]!) + 1e-12);
        const shuffled = all
          .map((one) => [dice.next().value!, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        assert.deepEqual(recall(shuffled, cue), found);
      }),
    );
  });

  it('never tells of the future, of what was told lately, or of another kind', () => {
    fc.assert(
      fc.property(distinct, fc.subarray([...memoryKinds]), (all, kinds) => {
        const lately = new Set(all.slice(0, 5).map(({ known }) => known.memory.memoryId));
        for (const { memory } of recall(all, { ...cue, kinds }, { lately })) {
          assert.ok(memory.lastAt <= cue.at);
          assert.ok(!lately.has(memory.memoryId));
          assert.ok(kinds.includes(memory.kind));
        }
        const past = all.filter(({ known }) => known.memory.lastAt <= cue.at);
        assert.deepEqual(recall(all, cue), recall(past, cue), 'nor is it changed by the future');
      }),
    );
  });

  it('finds what was asked for in words, though it was years ago', () => {
    const right = of({ key: 'match/1', kind: 'match', lastAt: '2019-05-01T20:00:00.000Z' }, 0.9);
    const other = of({ key: 'first/Lux', kind: 'first', lastAt: ago(20) }, 0.2);
    assert.equal(recall([other, right], { ...cue, facts: {} })[0]?.memory.key, 'match/1');
  });

  it('keeps to its limit, and takes the best', () => {
    fc.assert(
      fc.property(distinct, fc.nat(5), (all, limit) => {
        assert.deepEqual(recall(all, cue, { limit }), recall(all, cue).slice(0, limit));
      }),
    );
  });

  it('tells each thing once: of one key, or of one text, the best', () => {
    const talk = (n: number, similarity: number): Candidate => ({
      ...of({ key: `talk/${n}`, kind: 'talk' }, similarity),
      mark: 'x',
    });
    const found = recall(
      [talk(1, 0.2), talk(2, 0.9), of({ memoryId: 'a' }), of({ memoryId: 'b' }, 0.5)],
      cue,
    );
    assert.deepEqual(
      found.map(({ memory }) => memory.memoryId),
      ['talk/2', 'b'],
    );
  });

  it('of equals takes the later one, and of those always the same', () => {
    const same = { facts: { what: 'x' }, kind: 'talk' as const };
    const all = ['b', 'c', 'a'].map((key) => of({ ...same, key, lastAt: ago(2) }));
    assert.deepEqual(
      recall(all, cue).map(({ memory }) => memory.key),
      ['a', 'b', 'c'],
    );
  });
});
