import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openBook } from '../../domain/emotion/book.js';
import { features, MISSING } from '../../domain/emotion/features.js';
import { feel, heard, initialFeeling } from '../../domain/emotion/feel.js';
import { moodAt } from '../../domain/emotion/flow.js';
import { markOfSettings, settingsIn } from '../../domain/emotion/settings.js';
import { placeOf } from '../../domain/emotion/space.js';
import type { GameEvent } from '../../domain/events/game-event.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { acted, GAME, stored } from '../../projections/testing/stories.js';
import { labelledLog } from './labelled-log.js';

const emotion = {
  rules: [
    {
      id: 'goal',
      on: 'custom.goal',
      feel: 'ecstatic',
      intensity: 1,
      confidence: 0.95,
      vad: [0.9, 0.9, 0.8],
      because: 'a goal',
    },
  ],
};
const settings = settingsIn({ emotion })!;
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();
const told = (type: string, second: number) =>
  stored('GameEventRecorded', {
    ...{ type, at: at(second), data: {}, context: {} },
    settings: markOfSettings(settings),
  });
const columnOf = (name: string) => features.findIndex((one) => one.name === name);

/** A player who scores, writes something sour, plays on and says what that felt like. */
function aLog() {
  const log = memoryLog();
  log.tell(`game-${GAME}`, stored('GameCreated', { clientId: 'c', name: 'Goals', config: { emotion } }));
  const [goal, kill] = [told('custom.goal', 0), told('player.kill', 10)];
  const tone = { valence: -0.8, arousal: 0.2 };
  const chat = stored('ChatMessageReceived', { text: 'sealed:x', at: at(5), tone });
  const answer = acted(kill.id, at(10));
  const { actionId } = answer.data as { actionId: string };
  const feedback = (felt: string) => stored('FeedbackGiven', { actionId, reaction: 'dislike', felt });
  log.tell('player-p', goal, chat, kill, answer, feedback('hungry'), feedback('sad'));
  return { log, goal, kill, tone };
}

it('what a player said they felt is laid beside what a model would have been shown live', async () => {
  const { log, goal, kill, tone } = aLog();
  const [row, ...rest] = await labelledLog(log);
  assert.deepEqual(rest, [], 'what is no emotion says nothing');
  assert.deepEqual([row!.player, row!.type, row!.at], ['player-p', 'player.kill', Date.parse(at(10))]);

  const book = openBook();
  book.learn(settings);
  const deciders = book.deciders(markOfSettings(settings));
  const event = ({ id, data }: typeof goal) => ({ id, ...(data as object) }) as GameEvent;
  const after = feel(event(goal), initialFeeling, deciders);
  assert.equal(after.emotion.ruleId, 'goal');
  const before = heard(after.feeling, { at: Date.parse(at(5)), valence: tone.valence });
  let live: readonly number[] = [];
  const predict = (vector: readonly number[]) => {
    live = vector;
    return {};
  };
  feel(event(kill), before, { ...deciders, model: { version: 'm', features: '', predict } });
  assert.deepEqual(row!.features, live);
  assert.notEqual(row!.features[columnOf('chat_tone')], MISSING);

  const mood = moodAt(before.flow, Date.parse(at(10)));
  assert.equal(row!.change.valence, placeOf.sad[0] - mood[0]);
});

it('of one game alone, when that is asked', async () => {
  const { log } = aLog();
  assert.equal((await labelledLog(log, GAME)).length, 1);
  assert.deepEqual(await labelledLog(log, 'other'), []);
});
