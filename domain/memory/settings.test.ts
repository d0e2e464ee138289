import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openBook } from '../emotion/book.js';
import { markOfSettings, settingsIn } from '../emotion/settings.js';
import { game } from '../game/game.js';
import { hash64 } from '../kernel/hash64.js';
import { Rejection } from '../kernel/rejection.js';
import { defaultWeighing, memoryIn, memoryProblem } from './settings.js';

const markOf = (config: Record<string, unknown>) => {
  const settings = settingsIn(config);
  return settings && markOfSettings(settings);
};

describe("a game's settings of memory", () => {
  it('are those of the engine where it says nothing', () => {
    assert.deepEqual(memoryIn({}), { ...defaultWeighing, share: false });
    assert.equal(memoryProblem({}), null);
  });

  it('are what it says, and for the rest those of the engine', () => {
    const memory = { weights: { achievement: 0.1 }, share: true, keepAbove: 0.8 };
    assert.equal(memoryProblem({ memory }), null);
    assert.deepEqual(memoryIn({ memory }), {
      weights: { ...defaultWeighing.weights, achievement: 0.1 },
      ...{ share: true, keepAbove: 0.8 },
    });
  });

  const wrong: [unknown, string][] = [
    ['much', 'config.memory'],
    [{ share: 'yes' }, 'config.memory.share'],
    [{ keepAbove: 0.2 }, 'config.memory.keepAbove'],
    [{ weights: { base: 2 } }, 'config.memory.weights.base'],
    [{ weights: { luck: 0.1 } }, 'config.memory.weights'],
    [{ forget: true }, 'config.memory'],
  ];
  for (const [memory, field] of wrong)
    it(`are refused by their field, when a game is made and when it is changed: ${JSON.stringify(memory)}`, () => {
      const config = { memory };
      const created = game.decide({ type: 'CreateGame', clientId: 'c', name: 'g', config }, game.initial);
      const changed = game.decide({ type: 'ConfigureGame', config }, { ...game.initial, exists: true });
      for (const refused of [created, changed])
        assert.ok(refused instanceof Rejection && refused.detail.field === field, JSON.stringify(refused));
      assert.deepEqual(memoryIn(config), memoryIn({}), 'and read as none, were they ever stored');
    });

  it('are a part of the mark that events carry, and change no mark of a game that says nothing of them', () => {
    const emotion = { model: 'none' };
    assert.equal(markOf({ emotion }), hash64('{"model":"none"}'));
    assert.equal(markOf({ emotion, memory: { share: true } }), markOf({ emotion }));
    assert.equal(markOf({ memory: { share: true } }), null);
    const marks = [
      markOf({ emotion }),
      markOf({ emotion, memory: { keepAbove: 0.8 } }),
      markOf({ memory: { keepAbove: 0.8 } }),
      markOf({ memory: { weights: { base: 0.4 } } }),
    ];
    assert.equal(new Set(marks).size, 4);
  });

  it('are known to the book by their mark', () => {
    const book = openBook();
    const config = { memory: { keepAbove: 0.8, weights: { base: 0.4 } } };
    book.learn(settingsIn(config)!);
    const { share: _, ...weighing } = memoryIn(config);
    assert.deepEqual(book.deciders(markOf(config)!).weighing, weighing);
    assert.deepEqual(book.deciders(undefined).weighing, defaultWeighing);
  });
});
