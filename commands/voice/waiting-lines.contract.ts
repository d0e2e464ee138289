import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Waiting, WaitingLines } from './batches.js';

/** Two instances over the same lines; there are none yet. */
export type OpenWaitingLines = () => Promise<readonly [WaitingLines, WaitingLines]>;

const LONG_MS = 3_600_000;
const aLine = (revision = 0): Waiting => ({ id: randomUUID(), stream: `player-${randomUUID()}`, revision });
const idsOf = (lines: readonly Waiting[]) => lines.map(({ id }) => id);
const sorted = (lines: readonly Waiting[]) => [...lines].sort((a, b) => (a.id < b.id ? -1 : 1));

/** Lines that wait, the oldest first. */
async function lines(waiting: WaitingLines, count: number): Promise<Waiting[]> {
  const added = Array.from({ length: count }, (_, nth) => aLine(nth));
  for (const line of added) await waiting.add(line);
  return added;
}

/** What every adapter of the port promises. */
const promises: Record<string, (both: readonly [WaitingLines, WaitingLines]) => Promise<void>> = {
  'has nothing before anything was added': async ([waiting]) => {
    assert.deepEqual(await waiting.take(10, 0), []);
    assert.deepEqual(await waiting.underWay(), []);
    assert.deepEqual(await waiting.abandoned(0), []);
  },

  'gives what was added as it was, once, whoever takes it, also when it was added twice': async (both) => {
    const line = aLine(7);
    await Promise.all([both[0].add(line), both[1].add(line)]);
    assert.deepEqual(await both[1].take(10, 0), [line]);
    await both[0].add(line);
    assert.deepEqual(await both[0].take(10, 0), [], 'nor when it was taken meanwhile');
  },

  'gives each line to one alone, however many take at once': async (both) => {
    const added = await lines(both[0], 30);
    const taken = await Promise.all(Array.from({ length: 6 }, (_, nth) => both[nth % 2]!.take(7, 0)));
    const left = await both[1].take(30, 0);
    assert.ok(taken.every((some) => some.length <= 7));
    assert.deepEqual(sorted([...taken.flat(), ...left]), sorted(added));
  },

  'gives the oldest first, and no more than were wanted': async ([waiting]) => {
    const added = await lines(waiting, 5);
    assert.deepEqual(sorted(await waiting.take(2, 0)), sorted(added.slice(0, 2)));
    assert.deepEqual(sorted(await waiting.take(10, 0)), sorted(added.slice(2)));
  },

  'gives none before the oldest has waited so long': async ([waiting]) => {
    await lines(waiting, 2);
    assert.deepEqual(await waiting.take(10, LONG_MS), []);
    assert.equal((await waiting.take(10, 0)).length, 2);
  },

  'has what was put back wait again, in its old place': async (both) => {
    const added = await lines(both[0], 3);
    await both[0].take(2, 0);
    await both[1].putBack(idsOf(added.slice(0, 1)));
    assert.deepEqual(await both[0].abandoned(0), [added[1]]);
    assert.deepEqual(await both[1].take(1, 0), [added[0]]);
  },

  'does not put back what was asked for': async ([waiting]) => {
    const [line] = await lines(waiting, 1);
    await waiting.take(1, 0);
    await waiting.asked([line!.id], 'a-batch');
    await waiting.putBack([line!.id]);
    assert.deepEqual(await waiting.take(1, 0), []);
    assert.equal((await waiting.underWay()).length, 1);
  },

  'knows which lines are under way together, and how long': async (both) => {
    const added = await lines(both[0], 4);
    await both[0].take(3, 0);
    await both[0].asked(idsOf(added.slice(0, 2)), 'one');
    await both[0].asked(idsOf(added.slice(2, 3)), 'other');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const underWay = (await both[1].underWay()).sort((a, b) => (a.batch < b.batch ? -1 : 1));
    assert.deepEqual(
      underWay.map(({ batch, lines: of }) => [batch, of]),
      [
        ['one', added.slice(0, 2)],
        ['other', added.slice(2, 3)],
      ],
    );
    assert.ok(underWay.every(({ ageMs }) => ageMs > 0 && ageMs < LONG_MS));
    await both[1].done(idsOf(added.slice(1, 3)));
    assert.deepEqual(
      (await both[0].underWay()).map(({ lines: of }) => of),
      [[added[0]]],
    );
  },

  'tells what was taken and never asked for, once it is so long ago': async (both) => {
    const added = await lines(both[0], 3);
    await both[0].take(2, 0);
    await both[0].asked([added[0]!.id], 'a-batch');
    assert.deepEqual(await both[1].abandoned(LONG_MS), []);
    assert.deepEqual(await both[1].abandoned(0), [added[1]]);
    await both[1].done([added[1]!.id]);
    assert.deepEqual(await both[0].abandoned(0), []);
  },

  'is not changed by what is said of lines that are gone, nor by what is said of none': async ([waiting]) => {
    const [line] = await lines(waiting, 1);
    await waiting.take(1, 0);
    await waiting.done([line!.id]);
    for (const ids of [[line!.id], []]) {
      await waiting.putBack(ids);
      await waiting.asked(ids, 'a-batch');
      await waiting.done(ids);
    }
    assert.deepEqual(await waiting.take(1, 0), []);
    assert.deepEqual(await waiting.underWay(), []);
    await waiting.add(line!);
    assert.deepEqual(await waiting.take(1, 0), [line]);
  },
};

export function waitingLinesContract(name: string, open: OpenWaitingLines): void {
  describe(`lines that wait: ${name}`, () => {
    for (const [promise, kept] of Object.entries(promises)) it(promise, async () => kept(await open()));
  });
}
