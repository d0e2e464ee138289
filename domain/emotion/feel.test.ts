import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { builtInEventTypes, type GameEvent, type GameEventType } from '../events/game-event.js';
import { builtInRules as rules } from './built-in-rules.js';
import { emotionLabels } from './emotion.js';
import { builtIn, type Deciders, type Feeling, feel, feelingAt, initialFeeling } from './feel.js';
import { ruleTable } from './rules.js';
import { placeOf } from './space.js';

const START = Date.UTC(2026, 0, 1);
const event = (type: GameEventType, seconds: number, data: GameEvent['data'] = {}): GameEvent => ({
  id: `${type}-${seconds}`,
  type,
  at: new Date(START + seconds * 1000).toISOString(),
  data,
  context: {},
});

/** Given a history, what the last event makes felt. */
function felt(...history: GameEvent[]) {
  let feeling = initialFeeling;
  let last = feel(history[0]!, feeling);
  for (const next of history) {
    last = feel(next, feeling);
    feeling = last.feeling;
  }
  return last;
}

describe('what a player feels', () => {
  it('three deaths in a row frustrate, a kill in between starts anew', () => {
    const [first, second, third] = [10, 20, 30].map((at) => event('player.death', at));
    assert.equal(felt(first!, second!).emotion.label, 'tense');
    assert.equal(felt(first!, second!, third!).emotion.label, 'frustrated');
    assert.equal(felt(first!, second!, third!).emotion.ruleId, 'death.streak');
    assert.equal(felt(first!, second!, event('player.kill', 25), third!).emotion.label, 'tense');
  });

  it('fifteen kills in a victory are ecstasy', () => {
    assert.equal(felt(event('player.victory', 0, { killCount: 15 })).emotion.label, 'ecstatic');
    assert.equal(felt(event('player.victory', 0, { killCount: 14 })).emotion.label, 'happy');
  });

  it('the first victory after three defeats relieves', () => {
    const defeats = [0, 100, 200].map((at) => event('player.defeat', at));
    assert.equal(felt(...defeats, event('player.victory', 300)).emotion.label, 'relieved');
    assert.equal(felt(...defeats.slice(1), event('player.victory', 300)).emotion.label, 'happy');
  });

  it('a multi-kill and being the best excite', () => {
    assert.equal(felt(event('player.multi_kill', 0, { killCount: 3 })).emotion.label, 'excited');
    assert.equal(felt(event('player.victory', 0, { killCount: 8, mvp: true })).emotion.label, 'excited');
  });

  it('the same luck in the last five minutes amplifies, the other dampens', () => {
    const alone = felt(event('player.kill', 900)).emotion;
    const onAWave = felt(
      event('player.multi_kill', 600),
      event('player.achievement', 620),
      event('player.kill', 640),
    );
    const afterPain = felt(
      event('player.defeat', 600),
      event('player.defeat', 620),
      event('player.kill', 640),
    );
    const longAfter = felt(event('player.defeat', 0), event('player.defeat', 10), event('player.kill', 640));
    assert.ok(onAWave.emotion.intensity > alone.intensity);
    assert.ok(afterPain.emotion.intensity < alone.intensity);
    assert.equal(longAfter.emotion.intensity, alone.intensity);
  });

  it('the same again and again wears off', () => {
    const assists = Array.from({ length: 9 }, (_, at) => event('player.assist', at * 20));
    const many = felt(...assists).emotion.intensity;
    assert.ok(many < felt(...assists.slice(0, 3)).emotion.intensity);
  });

  it('a custom event carries the mood on, and the mood calms down', () => {
    const { emotion, feeling } = felt(event('player.victory', 0), event('custom.emote', 5));
    assert.equal(emotion.source, 'carried');
    assert.ok(emotion.valence > 0.3);
    const later = feelingAt(feeling, START + 30 * 60_000);
    assert.equal(later.label, 'calm');
    assert.ok(later.intensity < 0.01);
  });
});

const anyEvent = fc
  .record({
    type: fc.constantFrom<GameEventType>(...builtInEventTypes, 'custom.something'),
    seconds: fc.integer({ min: -100, max: 4_000 }),
    data: fc.record(
      {
        killCount: fc.integer({ min: 0, max: 50 }),
        mvp: fc.boolean(),
        damage: fc.double(),
        rarity: fc.constantFrom('common', 'epic', 'legendary'),
        personalRecord: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ type, seconds, data }) => event(type, seconds, data as GameEvent['data']));

const asked: Deciders = {
  ...builtIn,
  model: { version: 'm', features: '', predict: () => ({ arousal: { change: 0.1, confidence: 0.6 } }) },
};

/** As a database keeps JSON: the same, its keys in an order of its own. */
function throughStore<T>(value: T): T {
  const turned = (_: string, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? 1 : -1)))
      : part;
  return JSON.parse(JSON.stringify(value, turned)) as T;
}

describe('feeling, for every history', () => {
  it('is bounded and finite, with a label and a source', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (history) => {
        let feeling: Feeling = initialFeeling;
        for (const next of history) {
          const { emotion, feeling: after } = feel(next, feeling);
          feeling = after;
          for (const part of [emotion.valence, emotion.arousal, emotion.dominance]) {
            assert.ok(part >= -1 && part <= 1, `${part}`);
          }
          for (const part of [emotion.intensity, emotion.confidence])
            assert.ok(part >= 0 && part <= 1, `${part}`);
          assert.ok(emotionLabels.includes(emotion.label));
          assert.equal(emotion.source === 'rule', emotion.ruleId !== undefined);
          assert.ok(feeling.flow.recent.length <= 32);
        }
      }),
    );
  });

  it('is the same for the same history, also through JSON', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 40 }), (history) => {
        let [kept, live] = [initialFeeling, initialFeeling];
        for (const next of history) {
          const [one, other] = [feel(next, kept, asked), feel(next, live, asked)];
          // To the last digit: also what a model was shown.
          assert.deepEqual(one.emotion, other.emotion);
          [kept, live] = [throughStore(one.feeling), other.feeling];
        }
        assert.deepEqual(kept, throughStore(live));
      }),
    );
  });
});

describe('feeling, as time goes by', () => {
  const lived = (history: readonly GameEvent[]): Feeling =>
    history.reduce<Feeling>((feeling, next) => feel(next, feeling).feeling, initialFeeling);

  it('does not depend on the order in which events of one instant are told', () => {
    const together = fc.uniqueArray(anyEvent, { minLength: 2, maxLength: 8, selector: ({ id }) => id });
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 10 }), together, fc.integer(), (before, instant, turn) => {
        const at = new Date(START + 5_000_000).toISOString();
        const now = instant.map((one) => ({ ...one, at }));
        const other = now.map((_, index) => now[(index + Math.abs(turn)) % now.length]!);
        const told = lived([...before, ...now]);
        assert.deepEqual(lived([...before, ...other]), told);
        assert.deepEqual(lived([...before, ...now.toReversed()]), told);
      }),
    );
  });

  it('changes without a jump, and comes to rest at the baseline of the player', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 30 }), (history) => {
        const feeling = lived(history);
        const from = feeling.flow.at!;
        let last = feelingAt(feeling, from);
        for (let at = from; at < from + 600_000; at += 500) {
          const next = feelingAt(feeling, at);
          const step = Math.hypot(next.valence - last.valence, next.arousal - last.arousal);
          assert.ok(step < 0.05, `${step} within half a second`);
          last = next;
        }
        const rest = feelingAt(feeling, from + 24 * 3_600_000);
        const { baseline } = feeling.flow;
        assert.ok(Math.hypot(rest.valence - baseline[0], rest.arousal - baseline[1]) < 0.01);
      }),
      { numRuns: 40 },
    );
  });

  it('of a player who is glad again and again rests at a gladder place, but never far', () => {
    const glad = Array.from({ length: 400 }, (_, at) => event('player.achievement', at * 60));
    const { baseline } = lived(glad).flow;
    assert.ok(baseline[0] > initialFeeling.flow.baseline[0] + 0.2);
    assert.ok(baseline.every((part, axis) => Math.abs(part - initialFeeling.flow.baseline[axis]!) <= 0.3001));
  });
});

describe('what is found over minutes', () => {
  const found = (history: readonly GameEvent[]) => {
    let feeling = initialFeeling;
    return history.flatMap((next) => {
      const { findings, feeling: after } = feel(next, feeling);
      feeling = after;
      return findings.map(({ pattern, from, until }) => [
        pattern,
        (from - START) / 1000,
        until === null ? null : (until - START) / 1000,
      ]);
    });
  };
  const many = (type: GameEventType, from: number, count: number, every = 20) =>
    Array.from({ length: count }, (_, at) => event(type, from + at * every));

  it('tilt: from the first of several bad things until the mood is better; then a comeback', () => {
    const history = [...many('player.death', 0, 5), ...many('player.kill', 110, 5)];
    const patterns = found(history);
    assert.deepEqual(patterns[0], ['tilt', 0, null]);
    assert.ok(
      patterns.some(([pattern, from, until]) => pattern === 'tilt' && from === 0 && Number(until) > 100),
    );
    assert.ok(patterns.some(([pattern, from]) => pattern === 'comeback' && from === 110));
  });

  it('flow: when it has gone well for two minutes; boredom: when nothing moves', () => {
    assert.deepEqual(found(many('player.achievement', 0, 8, 30)), [['flow', 0, null]]);
    assert.deepEqual(found(many('player.idle', 0, 3, 60))[0]![0], 'boredom');
    assert.deepEqual(found(many('player.achievement', 0, 3, 5)), []);
  });

  it('of a player who went away, ends soon after the last that was told', () => {
    const [, end] = found([...many('player.death', 0, 3), event('player.victory', 90_000)]);
    assert.deepEqual(end, ['tilt', 0, 40 + 300]);
  });

  it('has no pattern twice at once, and ends nothing that has not begun', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 80 }), (history) => {
        const open = new Set<unknown>();
        const sorted = [...history].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
        const spread = sorted.map((one, index) => ({
          ...one,
          at: new Date(Date.parse(one.at) + index).toISOString(),
        }));
        for (const [pattern, from, until] of found(spread)) {
          if (until === null) assert.ok(!open.has(pattern) && open.add(pattern));
          else assert.ok(open.delete(pattern) && Number(until) >= Number(from), `${pattern}`);
        }
      }),
    );
  });
});

describe('the table of rules', () => {
  it('names each rule once, within bounds, near the place of its label', () => {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
    for (const rule of rules) {
      assert.ok(rule.confidence >= 0.7 && rule.confidence <= 1, rule.id);
      assert.ok(rule.intensity > 0 && rule.intensity <= 1, rule.id);
      const distance = Math.hypot(...rule.vad.map((part, axis) => part - placeOf[rule.feel][axis]!));
      assert.ok(distance < 0.75, `${rule.id} stands far from ${rule.feel}`);
    }
  });

  it('has no rule that another one above it always hides', () => {
    for (const [at, rule] of rules.entries()) {
      const hiding = rules.slice(0, at).find((above) => above.on === rule.on && !above.when);
      assert.equal(hiding, undefined, `${rule.id} is never reached`);
    }
  });

  it('answers every built-in type that is felt', () => {
    const moment = felt(event('player.kill', 0)).moment;
    const silent = builtInEventTypes.filter((type) => !ruleTable(rules)(type, moment));
    assert.deepEqual(silent, ['player.damage_taken', 'player.loot', 'match.end']);
  });
});
