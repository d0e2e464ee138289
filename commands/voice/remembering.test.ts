import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import type { Remembered } from '../../domain/memory/memory.js';
import type { RecallAsk, Recalled } from '../../domain/memory/recall.js';
import { aRecalled } from '../../domain/memory/testing/recalled.js';
import { until } from '../../eventstore/testing/events.js';
import type { RecallFor } from '../memory/recall-for.js';
import { aGameEvent } from '../testing/side.js';
import { type House, openHouse, outcome } from './testing/house.js';
import { type MessagesApi, startMessagesApi } from './testing/messages-api.js';
import { afterASession, answerAll, askedOf } from './testing/recap.js';

let api: MessagesApi;
before(async () => {
  api = await startMessagesApi();
});
after(() => api.close());

let house: House;
let player: string;
let asked: RecallAsk[];
let recall: RecallFor;
const recallFor: RecallFor = (ask) => {
  asked.push(ask);
  return recall(ask);
};
beforeEach(async () => {
  api.asked.length = 0;
  api.always = null;
  asked = [];
  house = await openHouse(api, {}, { recallFor });
  player = await house.seat('ann', 'Annika');
});
afterEach(() => house.stop());

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();
const streak = aRecalled({ lastAt: YESTERDAY });
const use = { memoryId: 'a-memory', score: 0.5 };
const scene = (nth = 0) => {
  const { content } = api.asked[nth]!.body.messages[0]!;
  return JSON.parse(content.slice('<scene>'.length, -'</scene>'.length)) as Record<string, unknown>;
};
const aTalk = async (words: string, over: Partial<Remembered> = {}): Promise<Recalled> => {
  const sealed = await house.side.sealer.seal(`player-${player}`, words);
  const talk = { memoryId: 'a-talk', kind: 'talk', facts: { what: 'talk' } } as const;
  return aRecalled({ ...talk, lastAt: YESTERDAY, sealed, ...over });
};

it('an answer is written with what the message brings to mind, and the log says with what', async () => {
  const talk = await aTalk('I have a cat called "Miso".');
  recall = async () => [streak, talk];
  await house.play(player, aGameEvent('match.start', 0, { hero: 'Jinx', map: 'Rift' }));
  await house.chat(player, 'Do you remember my streak?');
  const { acted, requested, written } = await outcome(house, player);
  const chat = acted.find(({ asks }) => asks)!;
  const [ask] = asked as [RecallAsk];
  assert.equal(ask.playerId, player);
  assert.equal(ask.text, 'Do you remember my streak?');
  assert.deepEqual(ask.cue, { at: chat.at, facts: { hero: 'Jinx', map: 'Rift' } });
  assert.deepEqual(scene().remembers, [
    'yesterday: You got a five-kill streak as Jinx.',
    `yesterday: You told me: "I have a cat called 'Miso'.".`,
  ]);
  const uses = [use, { memoryId: 'a-talk', score: 0.5 }];
  assert.deepEqual(requested[0]!.memories, uses);
  assert.deepEqual(written[0]!.recalled, uses);
});

it('what was told in another game is opened with the key of the player there, and told as such', async () => {
  const there = await house.seat('ann of another game');
  const sealed = await house.side.sealer.seal(`player-${there}`, 'I have a dog.');
  const elsewhere = { playerId: there, gameId: 'another' };
  const talk = { kind: 'talk', facts: { what: 'talk' }, lastAt: YESTERDAY, sealed } as const;
  recall = async () => [aRecalled({ ...talk, elsewhere }), aRecalled({ ...talk, memoryId: 'not opened' })];
  await house.chat(player, 'hello?');
  await outcome(house, player);
  assert.deepEqual(scene().remembers, ['yesterday, in another game: You told me: "I have a dog.".']);
});

it('a line that may tell of what was lived in another game ends with the player there; so do lines after it', async () => {
  const there = await house.seat('ann of another game');
  const sealed = await house.side.sealer.seal(`player-${there}`, 'I have a dog.');
  const talk = { kind: 'talk', facts: { what: 'talk' }, lastAt: YESTERDAY, sealed } as const;
  const opened = async (count: number) => {
    const { written } = await outcome(house, player, count);
    const texts = written.map(({ dialogue }) => house.side.sealer.open(`player-${player}`, dialogue.text));
    return (await Promise.all(texts)).map((text) => text !== null);
  };
  const elsewhere = aRecalled({ ...talk, elsewhere: { playerId: there, gameId: 'another' } });
  for (const [nth, mind] of [[], [elsewhere], []].entries()) {
    recall = async () => mind;
    api.reply.line = ['Look at the map.', 'You have a dog.', 'I said that you have one.'][nth]!;
    await house.chat(player, 'and what do you say now?');
    await opened(nth + 1);
  }
  assert.deepEqual(await opened(3), [true, true, true]);
  await house.side.sealer.destroy(`player-${there}`);
  assert.deepEqual(await opened(3), [true, false, false]);
});

it('what the message itself tells is no memory of it, and what nobody can open is none', async () => {
  recall = async () => [
    await aTalk('I have a cat.', { sources: [chatId] }),
    aRecalled({ kind: 'talk', facts: { what: 'talk' }, sealed: 'sealed:of-nobody' as never }),
  ];
  const chatId = await house.chat(player, 'I have a cat.');
  const { requested, written } = await outcome(house, player);
  assert.equal(scene().remembers, undefined);
  assert.equal(requested[0]!.memories, undefined);
  assert.equal(written[0]!.recalled, undefined);
});

it('what the message itself tells takes the place of no memory', async () => {
  const others = [1, 2, 3, 4].map((nth) => aRecalled({ memoryId: `memory ${nth}`, lastAt: YESTERDAY }));
  recall = async ({ limit }) =>
    [await aTalk('I have a cat.', { sources: [chatId] }), ...others].slice(0, limit);
  const chatId = await house.chat(player, 'I have a cat.');
  const { requested } = await outcome(house, player);
  assert.deepEqual(
    requested[0]!.memories?.map(({ memoryId }) => memoryId),
    ['memory 1', 'memory 2', 'memory 3'],
  );
});

it('a line that others may be told too is written without', async () => {
  recall = async () => [streak];
  await house.play(player, aGameEvent('player.victory', 0));
  const { written } = await outcome(house, player);
  assert.equal(written[0]!.scene, 'first_ever');
  assert.deepEqual(asked, []);
  assert.equal(scene().remembers, undefined);
  assert.equal(written[0]!.recalled, undefined);
});

it('a line is written all the same where the memory hangs or fails', async () => {
  const failing: RecallFor = async () => {
    throw new Error('away');
  };
  for (const [nth, broken] of [failing, (() => new Promise(() => undefined)) as RecallFor].entries()) {
    recall = broken;
    const own = await openHouse(api, {}, { recallFor });
    const who = await own.seat('bob');
    await own.chat(who, 'hello?');
    const { written, failed } = await outcome(own, who);
    assert.deepEqual(failed, []);
    assert.equal(written[0]!.recalled, undefined);
    assert.equal(scene(nth).remembers, undefined);
    await own.stop();
  }
});

it('a session is looked back at with memories, under which it was asked for', async () => {
  recall = async () => [streak];
  const { house: own, players, recaps } = await afterASession(api);
  const looking = recaps({ recallFor });
  await until(() => askedOf(api).length >= 2);
  recall = async () => [];
  answerAll(api);
  for (const one of players) {
    const { requested, written } = await outcome(own, one);
    const request = requested.find(({ batch }) => batch)!;
    assert.deepEqual([request.memories, written.find(({ batch }) => batch)!.recalled], [[use], [use]]);
  }
  await looking.stop();
  await own.stop();
});
