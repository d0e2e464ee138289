import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LogEventData } from '../../domain/events/log-events.js';
import { readLogEvent } from '../../domain/events/read.js';
import { all, until } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { type Faded, forgetFaded, startFading } from './fading.js';

const now = () => new Date('2026-06-01T00:00:00.000Z');
const given = (players: readonly Faded[]) =>
  async function* () {
    yield* players;
  };
const one = (playerId: string, memories: Record<string, string[]>): Faded => ({
  ...{ playerId, clientId: 'c', gameId: 'g' },
  memories: Object.entries(memories).map(([key, memoryIds]) => ({ key, memoryIds })),
});
type Forgot = LogEventData<'MemoriesForgotten'>;
const forgotIn = async (log: ReturnType<typeof memoryLog>, player: string) =>
  (await all(log.readStream(`player-${player}`))).map((stored) => readLogEvent(stored)!.data as Forgot);

describe('what has faded', () => {
  it('is forgotten in the stream of its player, and told', async () => {
    const log = memoryLog();
    const faded = given([one('ann', { a: ['1', '2'], b: ['3'] }), one('bob', { a: ['4'] })]);
    const done = await forgetFaded({ log, faded, now });
    assert.deepEqual(done, { players: 2, memories: 3, occurrences: 4 });
    const at = now().toISOString();
    assert.deepEqual(await forgotIn(log, 'ann'), [
      { keys: ['a', 'b'], memoryIds: ['1', '2', '3'], reason: 'faded', at },
    ]);
    assert.deepEqual(await forgotIn(log, 'bob'), [{ keys: ['a'], memoryIds: ['4'], reason: 'faded', at }]);
  });

  it('is forgotten once, whoever does it a second time', async () => {
    const log = memoryLog();
    const faded = given([one('ann', { a: ['1', '2'], b: ['3'] })]);
    await forgetFaded({ log, faded, now });
    await forgetFaded({ log, faded, now });
    assert.equal((await forgotIn(log, 'ann')).length, 1);
  });

  it('of one player never touches another, and all of it goes, however much it is', async () => {
    const players = fc.dictionary(
      fc.constantFrom('ann', 'bob', 'cho', 'dee'),
      fc.dictionary(
        fc.string({ minLength: 1, maxLength: 5 }),
        fc
          .integer({ min: 1, max: 2_300 })
          .map((count) => Array.from({ length: count }, (_, nth) => `m${nth}`)),
        { minKeys: 1, maxKeys: 4 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(players, async (memories) => {
        const log = memoryLog();
        const all = Object.entries(memories).map(([player, mine]) =>
          one(
            player,
            Object.fromEntries(
              Object.entries(mine).map(([key, ids]) => [key, ids.map((id) => `${player}/${key}/${id}`)]),
            ),
          ),
        );
        await forgetFaded({ log, faded: given(all), now });
        for (const { playerId, memories: mine } of all) {
          const events = await forgotIn(log, playerId);
          assert.deepEqual(
            events.flatMap(({ memoryIds }) => memoryIds).sort(),
            mine.flatMap(({ memoryIds }) => memoryIds).sort(),
          );
          for (const { memoryIds } of events) assert.ok(memoryIds.length <= 1_000);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is looked for again and again, and where it cannot be known now, later', async () => {
    const log = memoryLog();
    const told: object[] = [];
    const warned: string[] = [];
    let away = true;
    const fading = startFading({
      ...{ log, now, firstAfterMs: 1, everyMs: 5 },
      faded: async function* () {
        if (away) throw new Error('the database is away');
        yield one('ann', { a: ['1'] });
      },
      tell: (forgotten) => void told.push(forgotten),
      warn: (message) => {
        warned.push(message);
        away = false;
      },
    });
    await until(() => told.length >= 2);
    await fading.stop();
    assert.ok(warned.length > 0);
    assert.equal((await forgotIn(log, 'ann')).length, 1);
  });
});
