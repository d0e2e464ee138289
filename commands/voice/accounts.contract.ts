import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Accounts, Reservation } from './accounts.js';

/** Two instances over the same accounts. */
export type OpenAccounts = () => Promise<readonly [Accounts, Accounts]>;

const DAY = '2026-11-28';
const PLENTY = 1e14;

/** A game of its own with a player, so that no promise meets the money of another. */
export const aReservation = (over: Partial<Reservation> = {}): Reservation => ({
  id: randomUUID(),
  gameId: randomUUID(),
  playerId: randomUUID(),
  day: DAY,
  amount: 10,
  gameCap: PLENTY,
  playerCap: PLENTY,
  ...over,
});

type Whose = Pick<Reservation, 'gameId' | 'playerId'> & { day?: string };

/** Nothing fits under a cap of so much, and nothing more is spent: asked of the port alone, by reservations of nothing. */
export async function assertSpent(
  accounts: Accounts,
  { gameId, playerId, day = DAY }: Whose,
  spent: { game: number; player: number },
): Promise<void> {
  const probe = (caps: Partial<Reservation>) =>
    accounts.reserve(aReservation({ gameId, playerId, day, amount: 0, ...caps }));
  assert.equal(await probe({ gameCap: spent.game }), 'granted', `the game spent at most ${spent.game}`);
  assert.equal(await probe({ gameCap: spent.game - 1 }), 'game_budget', `the game spent ${spent.game}`);
  assert.equal(await probe({ playerCap: spent.player }), 'granted', `the player at most ${spent.player}`);
  assert.equal(await probe({ playerCap: spent.player - 1 }), 'player_budget', `the player ${spent.player}`);
}

const counted = (answers: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
};

/** What every adapter of the port promises. */
const promises: Record<string, (both: readonly [Accounts, Accounts]) => Promise<void>> = {
  'grants to the last billionth and no further': async ([accounts]) => {
    const whose = aReservation({ gameCap: 25, playerCap: 25 });
    assert.equal(await accounts.reserve({ ...whose, id: randomUUID() }), 'granted');
    assert.equal(await accounts.reserve({ ...whose, id: randomUUID() }), 'granted');
    assert.equal(await accounts.reserve({ ...whose, id: randomUUID(), amount: 6 }), 'game_budget');
    assert.equal(await accounts.reserve({ ...whose, id: randomUUID(), amount: 5 }), 'granted');
    await assertSpent(accounts, whose, { game: 25, player: 25 });
  },

  'grants nothing where the cap is nothing, nor more than a cap at once': async ([accounts]) => {
    assert.equal(await accounts.reserve(aReservation({ gameCap: 0 })), 'game_budget');
    assert.equal(await accounts.reserve(aReservation({ playerCap: 0 })), 'player_budget');
    assert.equal(await accounts.reserve(aReservation({ gameCap: 9 })), 'game_budget');
  },

  'grants an id once, whoever asks, and takes its money once': async (both) => {
    const one = aReservation();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, nth) => both[nth % 2]!.reserve(one)));
    assert.deepEqual(counted(answers), { granted: 1, known: 9 });
    await both[0].settle(one.id, 4);
    assert.equal(await both[1].reserve(one), 'known', 'also when it is settled');
    await assertSpent(both[0], one, { game: 4, player: 4 });
  },

  'does not know an id that it refused: it may be granted later': async ([accounts]) => {
    const one = aReservation({ gameCap: 9 });
    assert.equal(await accounts.reserve(one), 'game_budget');
    assert.equal(await accounts.reserve({ ...one, gameCap: 10 }), 'granted');
  },

  'gives back what a line did not cost; twice is once': async (both) => {
    const one = aReservation({ amount: 100 });
    await both[0].reserve(one);
    await Promise.all([both[0].settle(one.id, 30), both[1].settle(one.id, 30)]);
    await both[1].settle(one.id, 7);
    await assertSpent(both[0], one, { game: 30, player: 30 });
  },

  'keeps as spent what was put aside and never settled': async (both) => {
    const lost = aReservation({ amount: 60, gameCap: 100 });
    await both[0].reserve(lost);
    const next = { ...lost, id: randomUUID(), amount: 41 };
    assert.equal(await both[1].reserve(next), 'game_budget');
    await assertSpent(both[1], lost, { game: 60, player: 60 });
  },

  'has nothing to settle of an id it does not know, or refused': async ([accounts]) => {
    const one = aReservation({ playerCap: 9 });
    await accounts.reserve(one);
    await accounts.settle(one.id, 5);
    await accounts.settle(randomUUID(), 5);
    await assertSpent(accounts, one, { game: 0, player: 0 });
  },

  "takes nothing from the game when it is the player's money that is gone": async ([accounts]) => {
    const one = aReservation({ playerCap: 15 });
    await accounts.reserve(one);
    assert.equal(await accounts.reserve({ ...one, id: randomUUID() }), 'player_budget');
    await assertSpent(accounts, one, { game: 10, player: 10 });
    const other = { ...one, id: randomUUID(), playerId: randomUUID(), gameCap: 20 };
    assert.equal(await accounts.reserve(other), 'granted', 'another player of the game still may');
  },

  'has another account for another day; what is given back goes where it came from': async ([accounts]) => {
    const today = aReservation({ gameCap: 10, playerCap: 10 });
    const tomorrow = { ...today, id: randomUUID(), day: '2026-11-29' };
    assert.equal(await accounts.reserve(today), 'granted');
    assert.equal(await accounts.reserve(tomorrow), 'granted');
    await accounts.settle(today.id, 3);
    await assertSpent(accounts, today, { game: 3, player: 3 });
    await assertSpent(accounts, tomorrow, { game: 10, player: 10 });
  },

  'grants to 200 at once exactly the 20 that fit': async (both) => {
    const { gameId } = aReservation();
    const wanted = Array.from({ length: 200 }, () => aReservation({ gameId, gameCap: 205 }));
    const answers = await Promise.all(wanted.map((one, nth) => both[nth % 2]!.reserve(one)));
    assert.deepEqual(counted(answers), { granted: 20, game_budget: 180 });
    const granted = wanted.find((_, nth) => answers[nth] === 'granted')!;
    await assertSpent(both[0], granted, { game: 200, player: 10 });
  },
};

const GAME_CAP = 120;
const PLAYER_CAP = 50;
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ nth: fc.nat(11), player: fc.nat(3), amount: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ nth: fc.nat(11), share: fc.double({ min: 0, max: 1, noNaN: true }) }) },
);
/** What is done at once, and after it what is done at once, … */
const course = fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), { maxLength: 5 });

type Step = { nth: number; player: number; amount: number } | { nth: number; share: number };

/** Two games of two players each; every id always means the same reservation once it is granted. */
async function neverPasses(both: readonly [Accounts, Accounts], steps: readonly Step[][]): Promise<void> {
  const run = randomUUID();
  const ids = Array.from({ length: 12 }, () => randomUUID());
  const held = new Map<string, { player: number; reserved: number; settled?: number }>();
  for (const atOnce of steps) {
    const settling = new Set<string>();
    await Promise.all(
      atOnce.map(async (one, at) => {
        const id = ids[one.nth]!;
        const accounts = both[at % 2]!;
        if ('share' in one) {
          const known = held.get(id);
          if (!known || known.settled !== undefined || settling.has(id)) return;
          settling.add(id);
          known.settled = Math.floor(known.reserved * one.share);
          return accounts.settle(id, known.settled);
        }
        const { player, amount } = one;
        const whose = { gameId: `${run}-${player % 2}`, playerId: `${run}-${player}` };
        const caps = { gameCap: GAME_CAP, playerCap: PLAYER_CAP };
        const answer = await accounts.reserve(aReservation({ id, ...whose, amount, ...caps }));
        if (answer !== 'granted') return;
        assert.ok(!held.has(id), 'an id is granted once');
        held.set(id, { player, reserved: amount });
      }),
    );
    await asTold(both[0], run, [...held.values()]);
  }
}

async function asTold(
  accounts: Accounts,
  run: string,
  held: readonly { player: number; reserved: number; settled?: number }[],
): Promise<void> {
  const sum = (of: (player: number) => boolean) =>
    held.filter(({ player }) => of(player)).reduce((all, one) => all + (one.settled ?? one.reserved), 0);
  for (const nth of [0, 1, 2, 3]) {
    const game = sum((player) => player % 2 === nth % 2);
    const player = sum((one) => one === nth);
    assert.ok(game <= GAME_CAP && player <= PLAYER_CAP, `${game} and ${player} are spent`);
    await assertSpent(accounts, { gameId: `${run}-${nth % 2}`, playerId: `${run}-${nth}` }, { game, player });
  }
}

export function accountsContract(name: string, open: OpenAccounts, runs: number): void {
  describe(`the accounts: ${name}`, () => {
    for (const [promise, kept] of Object.entries(promises)) it(promise, async () => kept(await open()));

    it('never passes a cap, whatever is done at once, and adds up to what was granted', async () => {
      const both = await open();
      const property = fc.asyncProperty(course, (steps) => neverPasses(both, steps as Step[][]));
      await fc.assert(property, { numRuns: runs });
    });
  });
}
