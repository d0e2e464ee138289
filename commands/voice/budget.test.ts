import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { until } from '../../eventstore/testing/events.js';
import type { Accounts } from './accounts.js';
import { accountsInMemory } from './testing/accounts.js';
import { dataOf, eventsOf, type House, openHouse } from './testing/house.js';
import { type MessagesApi, startMessagesApi } from './testing/messages-api.js';

let api: MessagesApi;
before(async () => {
  api = await startMessagesApi();
});
after(() => api.close());
beforeEach(() => {
  api.always = null;
  api.reply = { line: 'Breathe out, then look at the map.', gesture: 'nod', tone: 'calm' };
});

const GAME_DAY = 6_000_000;
const PLAYER_DAY = 700_000;
const settings = { voice: { gameDayUsd: GAME_DAY / 1e9, playerDayUsd: PLAYER_DAY / 1e9 } };

/** Accounts that remember the most that was ever spent of each. */
function watched() {
  const accounts = accountsInMemory();
  const most = new Map<string, number>();
  const look = () => {
    for (const [account, spent] of accounts.spent) most.set(account, Math.max(spent, most.get(account) ?? 0));
  };
  const seen: Accounts = {
    reserve: (one) => accounts.reserve(one).finally(look),
    settle: (id, amount) => accounts.settle(id, amount).finally(look),
  };
  return { ...seen, spent: accounts.spent, most };
}

/** All that came of the chats of these players. */
async function told(house: House, players: readonly string[], chats: number) {
  const read = async () => (await Promise.all(players.map((one) => eventsOf(house.log, one)))).flat();
  const isOutcome = ({ type }: { type: string }) => type === 'LineWritten' || type === 'LineFailed';
  await until(async () => (await read()).filter(isOutcome).length >= chats, 60_000);
  const events = await read();
  return {
    acted: dataOf(events, 'CompanionActed'),
    requested: dataOf(events, 'LineRequested'),
    written: dataOf(events, 'LineWritten'),
    failed: dataOf(events, 'LineFailed'),
  };
}

const sum = (costs: readonly { cost: number }[]) => costs.reduce((all, { cost }) => all + cost, 0);

describe('the day of a game', () => {
  it('is never overdrawn by 200 players who chat at once, and each is answered once', async () => {
    const accounts = watched();
    // A clock that stands still: how long this machine takes is not what is asked here.
    const noon = new Date('2026-11-28T12:00:00.000Z');
    const house = await openHouse(api, settings, { accounts, now: () => noon });
    const players: string[] = [];
    for (let nth = 0; nth < 200; nth++) players.push(await house.seat(`player-${nth}`, `Name ${nth}`));
    // Five of them want more than their share, and are first.
    const eager = players.slice(0, 5).flatMap((player) => [player, player, player]);
    const chats = [...eager, ...players];
    await Promise.all(chats.map((player, nth) => house.chat(player, `What now? ${nth}`)));
    const { acted, requested, written, failed } = await told(house, players, chats.length);
    await house.stop();

    const answers = [...written, ...failed].map(({ actionId }) => actionId);
    assert.equal(answers.length, chats.length, 'each chat has one line');
    assert.deepEqual(new Set(answers), new Set(acted.map(({ actionId }) => actionId)));

    const reasons = new Set(failed.map(({ reason }) => reason));
    // A machine that is held up asks too late, which is a matter of time, not of money.
    reasons.delete('too_late');
    assert.deepEqual([...reasons].sort(), ['game_budget', 'player_budget']);
    for (const { actionId, dialogue } of failed)
      assert.deepEqual(dialogue, acted.find((one) => one.actionId === actionId)!.asks!.fallback);

    assert.ok(
      requested.length > 0 && requested.length < chats.length / 2,
      `${requested.length} were granted`,
    );
    assert.ok(sum([...written, ...failed]) <= GAME_DAY);
    for (const [account, most] of accounts.most)
      assert.ok(most <= (account.startsWith('game') ? GAME_DAY : PLAYER_DAY), `${account} had ${most}`);
    const game = [...accounts.spent].find(([account]) => account.startsWith('game'))!;
    assert.equal(game[1], sum([...written, ...failed]), 'what is spent is what the lines say they cost');
    assert.ok(api.asked.length <= requested.length, 'nobody is asked without money put aside');
  });

  it('costs nothing when the accounts cannot be asked', async () => {
    const unasked = await startMessagesApi();
    const broken: Accounts = {
      reserve: () => Promise.reject(new Error('no database')),
      settle: () => Promise.reject(new Error('no database')),
    };
    const house = await openHouse(unasked, {}, { accounts: broken });
    const player = await house.seat('ann');
    await house.chat(player, 'hello');
    const { failed } = await told(house, [player], 1);
    await house.stop();
    await unasked.close();
    assert.equal(failed[0]!.reason, 'no_accounts');
    assert.equal(failed[0]!.cost, 0);
    assert.equal(unasked.asked.length, 0);
  });

  it('is answered in time by a template when the accounts do not answer, and what comes late is given back', async () => {
    api.asked.length = 0;
    const accounts = accountsInMemory();
    let answer = () => {};
    const slow: Accounts = {
      reserve: async (one) => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return accounts.reserve(one);
      },
      settle: accounts.settle,
    };
    const house = await openHouse(api, {}, { accounts: slow });
    const player = await house.seat('ann');
    await house.chat(player, 'hello');
    const { failed, requested } = await told(house, [player], 1);
    answer();
    await until(
      () => accounts.spent.size === 2 && [...accounts.spent.values()].every((spent) => spent === 0),
    );
    await house.stop();
    assert.equal(failed[0]!.reason, 'too_late');
    assert.equal(failed[0]!.cost, 0);
    assert.deepEqual(requested, []);
    assert.equal(api.asked.length, 0);
  });
});
