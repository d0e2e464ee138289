import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { asOperator } from '../../domain/access/reached.js';
import { costOf } from '../../domain/voice/prices.js';
import type { EventLog } from '../../eventstore/log.js';
import { until } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { RecordGameEvents, RecordGameEventsHandler } from '../players/play.js';
import { aGameEvent } from '../testing/side.js';
import type { Waiting } from './batches.js';
import { plainLine } from './count.js';
import { dataOf, eventsOf, type House, openHouse, outcome } from './testing/house.js';
import { type MessagesApi, startMessagesApi } from './testing/messages-api.js';
import { startVoices } from './voices.js';

let api: MessagesApi;
before(async () => {
  api = await startMessagesApi();
});
after(() => api.close());

describe('a line that is asked of a model', () => {
  let house: House;
  let player: string;
  beforeEach(async () => {
    api.asked.length = 0;
    api.faults.length = 0;
    api.always = null;
    api.reply = { line: 'Breathe out, then look at the map.', gesture: 'nod', tone: 'calm' };
    house = await openHouse(api);
    player = await house.seat('ann', 'Annika');
  });
  afterEach(() => house.stop());

  it('is asked for before it is paid, written, sealed, and settled for what it cost', async () => {
    const id = await house.chat(player, 'How should I play this?');
    const { acted, requested, written, failed } = await outcome(house, player);
    assert.equal(acted[0]!.dialogue, undefined, 'the body moves at once, the line follows');
    assert.equal(acted[0]!.asks?.scene, 'chat');
    assert.equal(requested.length, 1);
    assert.deepEqual(failed, []);
    const [line] = written;
    assert.equal(line!.causedBy, id);
    assert.equal(line!.action, 'nod', 'the gesture of who wrote it');
    assert.ok(line!.dialogue.text.startsWith('sealed:'));
    assert.equal(await house.side.sealer.open(`player-${player}`, line!.dialogue.text), api.reply.line);
    const usage = { input: 600, cacheWrite: 0, cacheRead: 0, output: 40 };
    assert.deepEqual(line!.usage, usage);
    assert.equal(line!.cost, costOf('claude-haiku-5-5', usage));
    assert.ok(requested[0]!.reserved >= line!.cost);
    assert.equal(requested[0]!.promptHash, line!.promptHash);
    await until(() => [...house.accounts.spent.values()].every((spent) => spent === line!.cost));
  });

  it('is asked with what the two said, the name and the persona; the part all share is marked to be cached', async () => {
    await house.play(player, aGameEvent('player.death', 0, { hero: 'Lux' }));
    await house.chat(player, 'ouch');
    await outcome(house, player);
    await house.chat(player, 'and now <ignore me>?');
    await outcome(house, player, 2);
    const { body, headers } = api.asked[1]!;
    assert.equal(
      headers.authorization ?? headers['x-api-key'],
      headers.authorization ? 'Bearer a-key' : 'a-key',
    );
    assert.ok(body.system[0]!.cache_control);
    assert.match(body.system[0]!.text, /dry mentor/);
    const told = body.messages[0]!.content;
    assert.doesNotMatch(told.slice(7, -8), /[<>]/, 'nothing in the data can end the data');
    const scene = JSON.parse(told.slice('<scene>'.length, -'</scene>'.length));
    assert.equal(scene.player, 'Annika');
    assert.equal(scene.message, 'and now <ignore me>?');
    assert.deepEqual(scene.talk, [{ player: 'ouch' }, { companion: api.reply.line }]);
    assert.deepEqual(scene.happened, [{ what: 'player.death', hero: 'Lux' }]);
  });

  it('grows before those who asked for it, sentence by sentence', async () => {
    api.reply.line = 'Breathe out. Then look at the map. Then move.';
    await house.chat(player, 'how?', true);
    const { written } = await outcome(house, player);
    const deltas = house.whispered.map((frame) => (frame as { delta?: string }).delta);
    assert.equal(deltas.join(''), api.reply.line);
    assert.ok(deltas.length > 1);
    assert.ok(written[0]!.usage.output === 40 && written[0]!.usage.input === 600);
  });

  it('is taken back where it turns out to be unfit, and nothing unfit was ever told', async () => {
    api.reply.line = 'Well played. My system prompt says more.';
    await house.chat(player, 'how?', true);
    const { failed } = await outcome(house, player);
    assert.equal(failed[0]!.reason, 'leaked_prompt');
    assert.deepEqual(
      house.whispered.map((frame) => (frame as { delta?: string }).delta ?? 'retracted'),
      ['Well played.', 'retracted'],
    );
  });

  const faults: [string, MessagesApi['faults'][number] | 'late', string][] = [
    ['429', { status: 429, retryAfter: 7 }, 'rate_limited'],
    ['529', { status: 529 }, 'overloaded'],
    ['500', { status: 500 }, 'overloaded'],
    ['400', { status: 400 }, 'rejected'],
    ['a connection that is cut', { cut: true }, 'unreachable'],
    ['silence', { hang: true }, 'too_late'],
    ['no JSON', { text: 'Well played!' }, 'malformed'],
    ['an empty line', { text: '{"line":" … ","gesture":"nod","tone":"warm"}' }, 'empty'],
    ['a refusal', { refusal: true }, 'refused'],
    ['a line in another language', { text: '{"line":"你好呀"}' }, 'wrong_language'],
    ['a link', { text: '{"line":"See www.example.com"}' }, 'personal_data'],
    ['a swear word', { text: '{"line":"You played like trash."}' }, 'forbidden_words'],
  ];
  for (const [name, fault, reason] of faults) {
    it(`is a template's after ${name}`, async () => {
      api.always = fault as never;
      await house.chat(player, 'hello?');
      const { failed, written, acted } = await outcome(house, player);
      assert.deepEqual(written, []);
      assert.equal(failed[0]!.reason, reason);
      assert.deepEqual(failed[0]!.dialogue, acted[0]!.asks!.fallback);
      assert.equal(api.asked.length, 1, 'asked once: a second time would be too late');
    });
  }

  it('is asked for no more after it failed too often, and again after a while', async () => {
    api.always = { status: 529 };
    for (let nth = 1; nth <= 6; nth++) {
      await house.chat(player, `hello ${nth}`);
      await outcome(house, player, nth);
    }
    assert.equal(api.asked.length, 5);
    assert.equal(house.writer.health().breaker, 'open');
    assert.match(house.writer.health().trouble!.reason, /overloaded/);
    assert.equal((await outcome(house, player, 6)).failed[5]!.reason, 'breaker_open');
    api.always = null;
    await until(() => house.writer.health().breaker !== 'open');
    await house.chat(player, 'and now?');
    assert.equal((await outcome(house, player, 7)).written.length, 1);
    assert.deepEqual(house.writer.health(), { breaker: 'closed', trouble: null });
  });

  it('is left alone at once, and as long as it asks to be', async () => {
    api.always = { status: 429, retryAfter: 60 };
    await house.chat(player, 'hello');
    await outcome(house, player);
    assert.equal(house.writer.health().breaker, 'open');
    api.always = null;
    await house.chat(player, 'hello?');
    assert.equal((await outcome(house, player, 2)).failed[1]!.reason, 'breaker_open');
  });

  it('is spoken once, however often it is asked for', async () => {
    await house.chat(player, 'hello');
    await outcome(house, player);
    await house.stop();
    const again = startVoices({ ...house.parts, log: regiven(house.log) });
    await house.chat(player, 'and again');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await again.stop();
    const events = await eventsOf(house.log, player);
    assert.equal(dataOf(events, 'LineWritten').length, 1);
    assert.equal(api.asked.length, 1);
    assert.equal(house.counted.length, 1);
  });

  it('is asked for by nobody about what is read from a recording', async () => {
    const origin = {
      player: asOperator.player(player),
      correlationId: 'a-recording',
      imported: true as const,
    };
    const events = [aGameEvent('player.multi_kill', 0, { killCount: 3 })];
    await new RecordGameEventsHandler(house.side).execute(new RecordGameEvents(origin, events, 500));
    await until(async () => dataOf(await eventsOf(house.log, player), 'CompanionActed').length === 1);
    const [act] = dataOf(await eventsOf(house.log, player), 'CompanionActed');
    assert.ok(act!.dialogue && !act!.asks);
  });

  it('of a message that came long before it knows the message, and who wrote it', async () => {
    const kills = Array.from({ length: 120 }, (_, nth) => aGameEvent('player.damage_taken', nth));
    const chatted = house.chat(player, 'what now?');
    await house.play(player, ...kills);
    await chatted;
    await outcome(house, player);
    assert.match(api.asked[0]!.body.messages[0]!.content, /"player":"Annika".*"message":"what now\?"/);
  });

  it('is a template where its player cannot be asked about in time', async () => {
    await house.stop();
    const hanging = { ...house.side.sealer, open: () => new Promise<never>(() => {}) };
    const again = startVoices({ ...house.parts, sealer: hanging, log: regiven(house.log) });
    await house.chat(player, 'hello?');
    await house.act();
    const { failed } = await outcome(house, player);
    await again.stop();
    assert.equal(failed[0]!.reason, 'too_late');
    assert.equal(api.asked.length, 0);
  });

  it('is not paid twice when whoever asked for it is gone', async () => {
    api.always = { hang: true };
    await house.chat(player, 'hello');
    await until(() => api.asked.length === 1);
    await house.stop();
    api.always = null;
    const events = (await eventsOf(house.log, player)).filter(({ type }) => type !== 'LineFailed');
    const log = memoryLog();
    for (const { stream, id, type, data, metadata } of events)
      await log.append(stream, [{ id, type, data, metadata }], 'any');
    const again = startVoices({ ...house.parts, log });
    const { failed } = await outcome({ ...house, log: log as never }, player);
    await again.stop();
    assert.equal(failed[0]!.reason, 'interrupted');
    const [request] = dataOf(events, 'LineRequested');
    assert.equal(failed[0]!.cost, request!.reserved, 'what was put aside is gone');
    assert.equal(api.asked.length, 1);
  });
});

describe('a line that nobody waits for', () => {
  const recap = { voice: { recap: true } };
  const session = ['session.start', 'player.kill', 'player.death', 'session.end'];
  const play = (house: House, player: string) =>
    house.play(player, ...session.map((type, nth) => aGameEvent(type, nth * 100)));

  it('is kept as soon as that can be done, and its act is not refused meanwhile', async () => {
    const added: string[] = [];
    let tries = 0;
    const later = {
      async add({ stream }: Waiting) {
        if (tries++ < 4) throw new Error('Connection terminated');
        added.push(stream);
      },
    };
    const warned: string[] = [];
    const house = await openHouse(api, recap, { later, warn: (message) => void warned.push(message) });
    const player = await house.seat('ann');
    await play(house, player);
    await until(() => added.length > 0);
    await house.stop();
    assert.deepEqual(added, [`player-${player}`]);
    assert.deepEqual(warned, []);
  });

  it('is kept by who comes next, where it was stopped meanwhile', async () => {
    let tries = 0;
    const away = async () => {
      tries++;
      throw new Error('Connection terminated');
    };
    const house = await openHouse(api, recap, { later: { add: away } });
    await play(house, await house.seat('ann'));
    await until(() => tries > 0);
    await house.stop();
    const added: string[] = [];
    const add = async ({ id }: Waiting) => void added.push(id);
    const again = startVoices({ ...house.parts, later: { add } });
    await until(() => added.length === 1);
    await again.stop();
  });
});

describe('lines are counted', () => {
  it('by what came of them, once they are told; those that come with their act as well', async () => {
    api.always = null;
    api.reply = { line: 'Breathe out, then look at the map.', gesture: 'nod', tone: 'calm' };
    const house = await openHouse(api);
    const player = await house.seat('ann');
    await house.chat(player, 'hello');
    const { written } = await outcome(house, player);
    api.always = { status: 529 };
    await house.chat(player, 'hello again');
    await outcome(house, player, 2);
    await house.play(player, aGameEvent('player.defeat', 0));
    await until(() => house.counted.length === 3);
    await house.stop();
    const { cost, latencyMs } = written[0]!;
    const [first, second, third] = house.counted;
    assert.deepEqual(first, { source: 'llm', scene: 'chat', reason: 'none', cost, latencyMs });
    const { source, scene, reason } = second!;
    assert.deepEqual({ source, scene, reason }, { source: 'template', scene: 'chat', reason: 'overloaded' });
    assert.deepEqual(third, plainLine);
  });
});

/** The same log, whose groups begin anew. */
const regiven = (log: EventLog): EventLog => ({
  ...log,
  consume: (group, options) => log.consume({ ...group, name: `${group.name}-again` }, options),
});
