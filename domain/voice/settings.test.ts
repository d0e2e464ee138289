import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_MODEL, modelIds } from './prices.js';
import { ageRatings, defaultVoice, modelFor, voiceIn, voiceProblem } from './settings.js';

const usd = fc.double({ min: 0, max: 100_000, noNaN: true });
const settings = fc.record(
  {
    llm: fc.boolean(),
    model: fc.constantFrom(...modelIds, null),
    gameDayUsd: usd,
    playerDayUsd: usd,
    ageRating: fc.constantFrom(...ageRatings),
    tts: fc.boolean(),
    recap: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe("a game's settings of voice", () => {
  it('are those of the engine where it says nothing, and the most careful ones', () => {
    assert.deepEqual(voiceIn({}), defaultVoice);
    assert.equal(voiceProblem({}), null);
    assert.deepEqual(defaultVoice, {
      ...{ llm: true, model: null, gameDayUsd: 5, playerDayUsd: 0.02 },
      ...{ ageRating: 'everyone', tts: false, recap: false },
    });
  });

  it('are what it says, and for the rest those of the engine', () => {
    fc.assert(
      fc.property(settings, (voice) => {
        const config = { other: 1, voice };
        assert.equal(voiceProblem(config), null);
        assert.deepEqual(voiceIn(config), { ...defaultVoice, ...voice });
      }),
    );
  });

  const wrong: [string, unknown, string][] = [
    ['a model that nobody knows', { model: 'gpt' }, 'config.voice.model'],
    ['money of less than nothing', { gameDayUsd: -1 }, 'config.voice.gameDayUsd'],
    ['money without end', { playerDayUsd: Number.POSITIVE_INFINITY }, 'config.voice.playerDayUsd'],
    ['money that is no number', { playerDayUsd: '1' }, 'config.voice.playerDayUsd'],
    ['a rating that nobody knows', { ageRating: 'all' }, 'config.voice.ageRating'],
    ['a field that nobody knows', { gameDayUSD: 5 }, 'config.voice'],
    ['no settings at all', 'loud', 'config.voice'],
  ];
  for (const [name, voice, field] of wrong)
    it(`are refused with the field where they are wrong: ${name}`, () => {
      assert.equal(voiceProblem({ voice })?.field, field);
      assert.ok(voiceProblem({ voice })!.message.length > 0);
    });

  it('are read from any configuration that was ever stored', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (voice) => {
        const read = voiceIn({ voice });
        if (voiceProblem({ voice })) assert.deepEqual(read, defaultVoice);
        assert.ok(read.gameDayUsd >= 0 && read.playerDayUsd >= 0);
      }),
    );
  });

  it("name the model, before the engine's, before the default", () => {
    const chosen = { ...defaultVoice, model: 'claude-opus-5-5' as const };
    assert.equal(modelFor(chosen, 'claude-sonnet-5-5'), 'claude-opus-5-5');
    assert.equal(modelFor(defaultVoice, 'claude-sonnet-5-5'), 'claude-sonnet-5-5');
    assert.equal(modelFor(defaultVoice), DEFAULT_MODEL);
  });
});
