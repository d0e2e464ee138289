import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { StoredEvent } from '../../eventstore/log.js';
import { until } from '../../eventstore/testing/events.js';
import { type RecentEvents, recentInProcess } from '../memory/recent-events.js';
import { type Recent, recentOf } from '../memory/recent-of.js';
import { aGameEvent } from '../testing/side.js';
import { briefingFor, sessionBriefing } from './briefing.js';
import { orderFor } from './order.js';
import { dataOf, eventsOf, type House, openHouse, outcome } from './testing/house.js';
import { type MessagesApi, startMessagesApi } from './testing/messages-api.js';
import { actIn } from './voices.js';

let api: MessagesApi;
before(async () => {
  api = await startMessagesApi();
});
after(() => api.close());

/** A memory of what the log of a house holds. */
const memoryOf = (house: () => House, kept = recentInProcess()): Recent =>
  recentOf({
    log: { readStream: (...args) => house().log.readStream(...args) },
    recent: kept,
    warn: (_, error) => assert.fail(error as Error),
  });

describe('what happened before a line', () => {
  let house: House;
  let kept: RecentEvents;
  let recent: Recent;
  let player: string;
  beforeEach(async () => {
    kept = recentInProcess();
    recent = memoryOf(() => house, kept);
    house = await openHouse(api, {}, { recent, seen: recent.note });
    player = await house.seat('ann', 'Annika');
  });
  afterEach(() => house.stop());

  const kills = (count: number) =>
    Array.from({ length: count }, (_, at) => aGameEvent(at % 9 ? 'player.kill' : 'player.death', at));
  const asking = (events: StoredEvent[]) =>
    events.flatMap((event) => {
      const acted = actIn(event);
      return acted ? [{ acted, stream: event.stream, revision: event.revision }] : [];
    });
  const whereOf = ({ acted, stream, revision }: ReturnType<typeof asking>[number]) => ({
    stream,
    revision,
    causedBy: acted.causedBy,
    name: acted.asks.name,
  });

  /** Enough of everything: talk, long silence, a burst between a message and its answer, a line of the game's moments. */
  async function aMatch(): Promise<void> {
    for (const [nth, text] of ['hi', 'how do I play this?', 'ouch', 'again?', '算了'].entries()) {
      await house.play(player, ...kills(1 + 30 * nth));
      const chat = house.chat(player, text);
      if (nth % 2 === 0) await house.play(player, ...kills(140));
      await chat;
      await outcome(house, player, nth + 1);
    }
    await house.play(player, aGameEvent('player.victory', 99, { hero: 'Lux' }));
    await outcome(house, player, 6);
  }

  it('is asked for with the same prompt, out of memory or out of the log', async () => {
    await aMatch();
    const events = await eventsOf(house.log, player);
    const requested = new Map(
      dataOf(events, 'LineRequested').map((data) => [data.actionId, data.promptHash]),
    );
    const { log, sealer, games } = house.parts;
    const game = await games.of(house.game.id);
    for (const act of asking(events)) {
      const briefing = await briefingFor({ log, sealer }, whereOf(act));
      const task = {
        requestId: '',
        acted: act.acted,
        playerId: player,
        gameId: house.game.id,
        game,
        briefing,
      };
      assert.equal(requested.get(act.acted.actionId), orderFor(task, house.parts).mark);
      assert.notEqual(briefing.message ?? briefing.cause, null, 'its cause is found however far back');
    }
    assert.ok(requested.size >= 6, `${requested.size} were asked for`);
  });

  it('is the same whatever of it the memory holds', async () => {
    await aMatch();
    const events = await eventsOf(house.log, player);
    const { log, sealer } = house.parts;
    const acts = asking(events);
    const noted = fc.array(fc.record({ from: fc.nat(events.length), count: fc.nat(200) }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...acts), noted, async (act, parts) => {
        const some = memoryOf(() => house);
        for (const { from, count } of parts) some.note(events.slice(from, from + count));
        for (const briefing of [briefingFor, sessionBriefing])
          assert.deepEqual(
            await briefing({ log: some, sealer }, whereOf(act)),
            await briefing({ log, sealer }, whereOf(act)),
          );
      }),
      { numRuns: 60 },
    );
  });

  it('comes from memory alone when it was seen, and is kept as the log has it: what a person wrote is sealed', async () => {
    const text = 'Nobody shall read this.';
    await house.chat(player, text);
    await outcome(house, player);
    const events = await eventsOf(house.log, player);
    const { stream, revision } = events.at(-1)!;
    // Nobody has asked for what came last of all: it was seen.
    await until(async () => (await kept.last(stream, revision)) !== null);
    let reads = 0;
    house.log.faults.beforeRead = () => void reads++;
    const [act] = asking(events);
    const { message } = await briefingFor({ log: recent, sealer: house.parts.sealer }, whereOf(act!));
    assert.equal(message, text);
    assert.equal(reads, 0);
    assert.ok(!JSON.stringify(await recent.lastEvents(stream, revision)).includes(text));
  });
});
