import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Sealed } from '../../domain/events/log-events.js';
import { aRecalled } from '../../domain/memory/testing/recalled.js';
import { attacks } from '../../domain/voice/testing/attacks.js';
import { until } from '../../eventstore/testing/events.js';
import { dataOf, eventsOf, type House, openHouse, outcome } from './testing/house.js';
import { type MessagesApi, startMessagesApi } from './testing/messages-api.js';

describe('a player who wants the companion to be another', () => {
  let api: MessagesApi;
  let house: House;
  before(async () => {
    api = await startMessagesApi();
    house = await openHouse(api, { voice: { playerDayUsd: 100, gameDayUsd: 1_000 } }, { recallFor });
  });
  after(async () => {
    await house.stop();
    await api.close();
  });

  /** What the player once told, sealed. */
  let told: Sealed | null = null;
  const recallFor = async () =>
    told === null
      ? []
      : [aRecalled({ memoryId: 'a-talk', kind: 'talk', facts: { what: 'talk' }, sealed: told, score: 0.9 })];

  /** Its system part, as it is for everybody of that persona and language. */
  const systems = new Map<string, string>();

  for (const [nth, { name, lang, message, obeyed }] of attacks.entries())
    it(`gets a line of a template from a model that obeys: ${name} (${lang})`, async () => {
      api.asked.length = 0;
      api.always = { text: typeof obeyed === 'string' ? obeyed : JSON.stringify(obeyed) };
      const player = await house.seat(`player ${nth}`, 'Annika', lang);
      await house.chat(player, message, nth % 2 === 0);
      const act = async () => dataOf(await eventsOf(house.log, player), 'CompanionActed')[0];
      await until(async () => (await act()) !== undefined);
      // A message that hurts is not for a model: people have written what is said to it.
      if (!(await act())!.asks) return assert.equal(api.asked.length, 0);
      const { acted, written, failed } = await outcome(house, player);
      const [{ system, messages }] = api.asked.map(({ body }) => body) as [(typeof api.asked)[0]['body']];
      const usual = systems.get(lang) ?? system[0]!.text;
      systems.set(lang, usual);
      assert.equal(system[0]!.text, usual, 'nothing of a message is in the part of the system');
      assert.equal(messages[0]!.content.split('</scene>').length, 2);
      assert.ok(messages[0]!.content.endsWith('</scene>'));
      assert.deepEqual(written, []);
      assert.deepEqual(failed[0]!.dialogue, acted[0]!.asks!.fallback);
      assert.ok(failed[0]!.cost > 0, 'what was written is billed all the same');
    });

  it('gets nothing of it by having told it before: what comes back as a memory is data, too', async () => {
    for (const [nth, { message, obeyed, lang }] of attacks.entries()) {
      const player = await house.seat(`teller ${nth}`, 'Annika', lang);
      told = await house.side.sealer.seal(`player-${player}`, message);
      api.asked.length = 0;
      api.always = { text: typeof obeyed === 'string' ? obeyed : JSON.stringify(obeyed) };
      await house.chat(player, lang === 'en' ? 'What do you remember of me?' : '你还记得我什么？');
      const { requested, written, failed } = await outcome(house, player);
      const [{ system, messages }] = api.asked.map(({ body }) => body) as [(typeof api.asked)[0]['body']];
      assert.equal(system[0]!.text, systems.get(lang), 'nothing of a memory is in the part of the system');
      const data = messages[0]!.content.slice('<scene>'.length, -'</scene>'.length);
      assert.doesNotMatch(data, /[<>＜＞]/);
      const { remembers } = JSON.parse(data) as { remembers: string[] };
      assert.equal(remembers.length, 1);
      assert.deepEqual(requested[0]!.memories, [{ memoryId: 'a-talk', score: 0.9 }]);
      assert.deepEqual(written, []);
      assert.equal('recalled' in failed[0]!, false);
    }
    told = null;
  });

  it('is told nothing of it while it grows that is not taken back', () => {
    const told = house.whispered as { actionId: string; delta?: string; retracted?: true }[];
    for (const { actionId } of told)
      assert.equal(told.findLast((frame) => frame.actionId === actionId)!.retracted, true);
    assert.doesNotMatch(told.map(({ delta }) => delta ?? '').join(' '), /[<>@]|prompt|system/i);
  });

  it('is told anew where an answer has two lines: what counts is what is stored', async () => {
    api.always = { text: '{"line":"Well played. Go on.","tone":"calm","line":"Another one entirely."}' };
    const player = await house.seat('two-lines', 'Annika');
    await house.chat(player, 'Say two things.', true);
    const { written, acted } = await outcome(house, player);
    const text = await house.side.sealer.open(`player-${player}`, written[0]!.dialogue.text);
    assert.equal(text, 'Another one entirely.');
    const { actionId } = acted[0]!;
    const told = (house.whispered as { actionId: string }[]).filter((frame) => frame.actionId === actionId);
    assert.deepEqual(
      told.map((frame) => ('retracted' in frame ? 'retracted' : (frame as { delta?: string }).delta)),
      ['Well played.', ' Go on.', 'retracted'],
    );
  });
});
