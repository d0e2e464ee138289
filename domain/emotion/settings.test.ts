import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GameEvent } from '../events/game-event.js';
import { learnFor, openBook } from './book.js';
import { builtInRules } from './built-in-rules.js';
import { feel, initialFeeling } from './feel.js';
import { problemsOf } from './rule-check.js';
import { type Rule, rulesWith, ruleTable } from './rules.js';
import { markOfSettings, settingsIn, settingsProblem } from './settings.js';

const row = (id: string, change: Partial<Rule> = {}): Rule => ({
  id,
  on: 'custom.goal',
  feel: 'ecstatic',
  intensity: 0.9,
  confidence: 0.9,
  vad: [0.9, 0.9, 0.7],
  because: 'a goal',
  ...change,
});
const goal: GameEvent = { id: 'e', type: 'custom.goal', at: '2026-01-01T00:00:00Z', data: {}, context: {} };

describe("a game's own rules", () => {
  it('stand above the built-in ones; one of the same name takes the place of a built-in one, or takes it off', () => {
    const kill = { id: 'kill', off: true } as const;
    const death = row('death', { on: 'player.death', feel: 'angry', vad: [-0.8, 0.8, 0] });
    const rules = rulesWith([row('goal'), kill, death]);
    assert.equal(rules[0]!.id, 'goal');
    assert.equal(rules.length, builtInRules.length);
    assert.ok(!rules.some(({ id }) => id === 'kill'));
    const at = (of: readonly Rule[]) => of.findIndex(({ id }) => id === 'death');
    assert.equal(at(rules), at(builtInRules));
    assert.equal(rules[at(rules)]!.feel, 'angry');
    assert.equal(feel(goal, initialFeeling, { rules: ruleTable(rules) }).emotion.ruleId, 'goal');
    assert.equal(feel(goal, initialFeeling).emotion.source, 'carried');
  });

  it('of the built-in table have no problem', () => {
    assert.deepEqual(problemsOf(builtInRules), []);
  });

  it('that are never reached, never hold or contradict each other are named', () => {
    const say = (...rules: Rule[]) => problemsOf(rules);
    assert.deepEqual(say(row('a'), row('b', { when: [['mvp', 'is', true]] })), [
      'b is never reached: a stands above it and holds whenever it would',
    ]);
    const five = row('five', { when: [['killCount', 'at least', 5]] });
    const ten = row('ten', { when: [['killCount', 'at least', 10]] });
    assert.equal(say(five, ten).length, 1);
    assert.deepEqual(say(ten, five), []);
    assert.deepEqual(say(row('a'), row('b', { feel: 'sad', vad: [-0.7, -0.3, -0.5] })), [
      'a and b contradict each other: for the same they feel ecstatic and sad',
    ]);
    const never = row('c', {
      when: [
        ['killCount', 'at least', 10],
        ['killCount', 'less than', 5],
      ],
    });
    assert.deepEqual(say(never), ['c can never hold: killCount at least 10 and killCount less than 5']);
    assert.deepEqual(say(row('a'), row('a', { on: 'custom.other' })), ['a: there are two of that name']);
    assert.deepEqual(say(row('a'), row('b', { on: 'custom.other' })), []);
  });

  it('are refused by the field that is wrong', () => {
    const problem = (emotion: unknown) => settingsProblem({ emotion });
    assert.equal(settingsProblem({}), null);
    assert.equal(problem({ rules: [row('goal')], model: 'none' }), null);
    assert.equal(problem({ rules: 1 })?.field, 'config.emotion.rules');
    assert.equal(
      problem({ rules: [row('goal', { intensity: 2 })] })?.field,
      'config.emotion.rules.0.intensity',
    );
    const fact = row('goal', { when: [['luck', 'at least', 1]] as never });
    assert.match(problem({ rules: [fact] })!.message, /killCount/);
    assert.equal(
      problem({ rules: [row('goal', { on: 'player.goal' })] })?.field,
      'config.emotion.rules.0.on',
    );
    assert.match(problem({ rules: [row('goal'), row('goal.again')] })!.message, /never reached/);
    const hidden = row('kill.mine', { on: 'player.kill' });
    assert.match(problem({ rules: [hidden] })!.message, /never reached: kill\.mine stands above it/);
  });
});

describe('the book of deciders', () => {
  const settings = settingsIn({ emotion: { rules: [row('goal')] } })!;
  const mark = markOfSettings(settings);

  it('knows what it has read of a game, by its mark, and says what it has not', async () => {
    const book = openBook();
    assert.throws(() => book.deciders(mark), /have not been read/);
    const named = { data: { settings: mark } };
    async function* history() {
      yield { type: 'GameCreated', data: { config: {} } };
      yield { type: 'GameConfigured', data: { config: { emotion: { rules: [row('goal')] } } } };
      yield { type: 'GameConfigured', data: { name: 'only a name' } };
    }
    const asked: string[] = [];
    const log = {
      readStream(stream: string) {
        asked.push(stream);
        return history();
      },
    };
    await learnFor(book, [{ ...named, gameId: 'g' }], log);
    assert.equal(feel(goal, initialFeeling, book.deciders(mark)).emotion.ruleId, 'goal');
    assert.equal(feel(goal, initialFeeling, book.deciders(undefined)).emotion.source, 'carried');
    const known = { data: {}, gameId: 'g' };
    await learnFor(book, [{ ...named, metadata: { gameId: 'g' } }, known, { ...named, metadata: {} }], log);
    assert.deepEqual(asked, ['game-g'], 'it is read once');
    const other = openBook();
    await learnFor(other, [{ ...named, metadata: { gameId: 'g' } }], log);
    assert.ok(other.knows(mark), 'also by an event as it is stored');
  });

  it('asks a model only where no rule is sure, and says once that one is missing', () => {
    const missing: string[] = [];
    const model = {
      version: 'm1',
      features: '',
      predict: () => ({ arousal: { change: 0.5, confidence: 0.6 } }),
    };
    const book = openBook({ models: [model], model: 'm1', onMissing: (version) => missing.push(version) });
    const { emotion } = feel(goal, initialFeeling, book.deciders(undefined));
    assert.deepEqual([emotion.source, emotion.model, emotion.arousal], ['model', 'm1', 0.4]);
    assert.match(emotion.features!, /^[0-9a-f]{16}$/);
    const first = feel({ ...goal, type: 'player.victory' }, initialFeeling, book.deciders(undefined));
    assert.equal(first.emotion.source, 'rule');
    const kill = feel({ ...goal, type: 'player.kill' }, initialFeeling, book.deciders(undefined)).emotion;
    assert.deepEqual([kill.source, kill.ruleId, kill.label], ['model', 'kill', 'happy']);
    book.learn({ model: 'm2' });
    book.learn({ model: 'm2', rules: [] });
    assert.equal(
      feel(goal, initialFeeling, book.deciders(markOfSettings({ model: 'm2' }))).emotion.source,
      'carried',
    );
    assert.deepEqual(missing, ['m2']);
  });
});
