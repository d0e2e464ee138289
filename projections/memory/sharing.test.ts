import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { testRuns } from '../testing/runs.js';
import { stored } from '../testing/stories.js';
import { rememberedAt } from './asked.js';
import { openRecall } from './recall.js';
import { openSharing, sharingOf } from './sharing.js';
import { configured, gameCreated, pentakill, seated, sharing } from './testing/games.js';
import { fakeMeaning, keepingWarn } from './testing/parts.js';

const { fresh, starting } = testRuns();

type World = {
  games: { client: number; shares: boolean; later: 'shares' | 'does not' | 'deleted' | 'as before' }[];
  players: { game: number; person: number }[];
};
const world: fc.Arbitrary<World> = fc.record({
  games: fc.array(
    fc.record({
      client: fc.nat(1),
      shares: fc.constantFrom(true, true, true, false),
      later: fc.constantFrom('shares', 'does not', 'deleted', 'as before'),
    }),
    { minLength: 4, maxLength: 6 },
  ),
  players: fc.uniqueArray(fc.record({ game: fc.nat(3), person: fc.nat(1) }), {
    minLength: 6,
    maxLength: 8,
    selector: ({ game, person }) => `${game} ${person}`,
  }),
});

/** By the rule, word for word. */
function expected({ games, players }: World, nth: number, shares: (game: number) => boolean): string[] {
  const me = players[nth]!;
  const heroes = players.flatMap(({ game, person }, other) => {
    const there = game !== me.game && person === me.person && games[game]!.client === games[me.game]!.client;
    return other === nth || (there && shares(game) && shares(me.game)) ? [`Hero${other}`] : [];
  });
  return heroes.sort();
}

/** The heroes of all that comes to a player's mind, in the list and in recall. */
async function heroesOf(pool: Pool, playerId: string): Promise<[string[], string[]]> {
  const { vectors, embedder } = fakeMeaning([]);
  const recall = openRecall({ pool, vectors, embedder, open: async () => null, warn: keepingWarn().warn });
  const cue = { at: '2026-12-01T00:00:00.000Z', facts: { what: 'player.multi_kill' } };
  const found = await recall.recallAt({ playerId, revision: 1_000, cue, limit: 100 });
  const listed = await rememberedAt(pool, playerId);
  const heroes = (all: typeof listed) => all.map(({ facts }) => facts.hero!).sort();
  return [heroes(listed), heroes(found.map(({ memory }) => memory))];
}

test('nothing of another client, of another person or of a game that does not share ever comes to mind', async () => {
  const { pool } = await fresh();
  const log = memoryLog();
  const run = starting(log, pool);
  let worlds = 0;
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { games, players } = given;
      const name = `w${worlds++}`;
      const gameId = (game: number) => `${name}g${game}`;
      const clientId = (game: number) => `${name}c${games[game]!.client}`;
      games.forEach(({ shares }, game) => {
        log.tell(`game-${gameId(game)}`, gameCreated(shares ? sharing : {}, clientId(game)));
      });
      players.forEach(({ game, person }, nth) => {
        // The same name of a person is another hash of another client; that it is the same hash changes nothing.
        const seat = { gameId: gameId(game), clientId: clientId(game), person: `person ${person}` };
        log.tell(`player-${name}p${nth}`, seated(seat), pentakill('2026-11-20T20:00:00.000Z', `Hero${nth}`));
      });
      const holds = async (shares: (game: number) => boolean) => {
        assert.ok(await run.caughtUpWithLog(60_000));
        for (const nth of players.keys()) {
          const should = expected(given, nth, shares);
          assert.deepEqual(await heroesOf(pool, `${name}p${nth}`), [should, should]);
        }
      };
      await holds((game) => games[game]!.shares);
      games.forEach(({ later }, game) => {
        if (later === 'as before') return;
        const change =
          later === 'deleted' ? stored('GameDeleted', {}) : configured(later === 'shares' ? sharing : {});
        log.tell(`game-${gameId(game)}`, change);
      });
      await holds((game) => {
        const { shares, later } = games[game]!;
        return later === 'as before' ? shares : later === 'shares';
      });
    }),
    { numRuns: 15 },
  );
  assert.deepEqual(run.logger.lines, []);
});

test('read models of before persons were known share nothing; one that cannot be asked is said once', async () => {
  const { pool } = await fresh();
  assert.deepEqual(await sharingOf(pool, 'p'), [], 'none is made');
  await pool.query('create table players (id text, game_id text, client_id text, position bigint)');
  await pool.query('create table games (id text, client_id text, config jsonb, deleted boolean)');
  assert.deepEqual(await sharingOf(pool, 'p'), [], 'nobody is known to be the same');
  const { said, warn } = keepingWarn();
  let away = true;
  const shaky = { query: async () => (away ? Promise.reject(new Error('planted')) : { rows: [] }) };
  const others = openSharing(shaky as unknown as Pool, warn);
  assert.deepEqual([await others('p'), await others('p')], [[], []]);
  away = false;
  assert.deepEqual(await others('p'), []);
  assert.deepEqual(said, [
    'nothing of other games is remembered now',
    'what games share is remembered again',
  ]);
});
