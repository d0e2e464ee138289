import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Pool } from 'pg';
import type { MemoryLog } from '../eventstore/testing/memory-log.js';
import { playerColumn } from './erased.js';
import { Behind, clearIn, countIn } from './erasing/generations.js';
import { playerTables, residueIn } from './erasing/residue.js';
import { gameEvents } from './game-events.js';
import { projections } from './index.js';
import { openLive, readModels } from './models.js';
import { rebuild } from './rebuild/rebuild.js';
import { tablesOf } from './tables.js';
import { projectionNamed } from './testing/folded.js';
import { allRows, testRuns } from './testing/runs.js';
import { acted, gameEvent, play, registered, stored } from './testing/stories.js';

const { fresh, starting, cleanRun } = testRuns();
const { signal } = new AbortController();

const erase = (log: MemoryLog, player: string) =>
  log.tell(`player-${player}`, stored('PlayerErased', {}))[0]!;
const late = () => [gameEvent('player.kill', '2026-11-21T10:00:00Z'), acted('late', '2026-11-21T10:00:00Z')];

/** All rows but those of some players; of tables of players those alone. */
async function rowsWithout(pool: Pool, players: readonly string[]): Promise<Record<string, string[]>> {
  const isOthers = (row: string) => !players.some((player) => row.includes(player));
  const all = Object.entries(await allRows(pool));
  return Object.fromEntries(
    all.map(([name, rows]) => [name, personal.has(name) ? rows.filter(isOthers) : rows]),
  );
}

const personal = new Set(
  projections.flatMap((one) =>
    tablesOf(one).flatMap(([name, table]) => (playerColumn(table) === undefined ? [] : [name])),
  ),
);

async function settled(log: MemoryLog) {
  const { pool } = await fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  return { pool, run };
}

test('every table that has a column of players is one of a read model that says so, or is known to the erasure', async () => {
  const { pool } = await fresh();
  for (const projection of projections) await openLive(pool, projection);
  const declared = projections.flatMap((projection) =>
    tablesOf(projection).flatMap(([name, table]) => {
      const column = playerColumn(table);
      return column === undefined ? [] : [`${name}.${column}`];
    }),
  );
  const others = [
    'line_reservations.player_id',
    'line_batches.stream',
    'parked_events.subject',
    'parked_events.stream',
  ];
  const found = (await playerTables(pool)).map(({ name, column }) => `${name}.${column}`);
  assert.deepEqual(
    found.filter((one) => !one.startsWith('players.player_id')).sort(),
    [...declared, ...others].sort(),
  );
  assert.ok(declared.length >= 15, `${declared.length}`);
});

test('erased, no row is left and none comes; others are as they were; a rebuild makes the same', async () => {
  const log = play({ players: 3, events: 200 });
  const { pool, run } = await settled(log);
  const before = await rowsWithout(pool, ['p1']);
  assert.ok((await residueIn(pool, 'p1')).rows > 50);
  const { position } = erase(log, 'p1');
  log.tell('player-p1', ...late());
  assert.ok(await run.caughtUpWithLog(60_000));
  log.tell('player-p1', ...late());
  assert.ok(await run.caughtUpWithLog(60_000));
  assert.equal((await residueIn(pool, 'p1')).rows, 0);
  assert.deepEqual(await rowsWithout(pool, ['p1']), before);
  const { rows } = await pool.query(
    "select sum(found) as found from erased_found where store like 'read model%'",
  );
  assert.ok(Number(rows[0].found) > 50);
  await run.stop();
  const again = starting(log, pool);
  log.tell('player-p1', ...late());
  assert.ok(await again.caughtUpWithLog(60_000));
  await again.stop();
  const live = await allRows(pool);
  assert.deepEqual(await cleanRun(log), live);
  const rebuilt = await rebuild({ log, pool }, projections, { signal });
  assert.ok(
    rebuilt.every(({ comparison }) => comparison?.equal),
    JSON.stringify(rebuilt),
  );
  assert.deepEqual(await allRows(pool), live);
  for (const projection of projections) await clearIn({ pool, projection }, { playerId: 'p1', position });
  assert.equal((await residueIn(pool, 'p1')).rows, 0);
});

test('an erasure touches one player alone, whoever it is, whenever it comes and whatever follows', async () => {
  const names = ['p0', 'p1', 'p2', 'p3'];
  const erasures = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(erasures, fc.integer({ min: 30, max: 90 }), async (erased, events) => {
      const [log, plain] = [play({ players: 4, events }), play({ players: 4, events })];
      for (const player of erased) {
        erase(log, player);
        // In its place something that no read model is about.
        plain.tell(`player-${player}`, stored('PlayerTokensRevoked', { upTo: 0 }));
      }
      for (const player of names.filter((one) => !erased.includes(one)))
        for (const event of late()) for (const one of [log, plain]) one.tell(`player-${player}`, event);
      const [{ pool, run }, other] = [await settled(log), await settled(plain)];
      await Promise.all([run.stop(), other.run.stop()]);
      for (const player of erased) assert.equal((await residueIn(pool, player)).rows, 0);
      assert.deepEqual(await rowsWithout(pool, erased), await rowsWithout(other.pool, erased));
    }),
    { numRuns: 4, endOnFailure: true },
  );
});

test('what was parked of the player is passed over for good, and tells of nobody', async () => {
  const log = play({ players: 2, events: 20 });
  const { pool } = await fresh();
  await openLive(pool, gameEvents);
  await pool.query('alter table game_events add constraint short check (length(type) < 100)');
  log.tell('player-p0', gameEvent(`x${'y'.repeat(200)}`, '2026-11-20T12:00:00Z'));
  log.tell('player-p0', gameEvent('player.kill', '2026-11-20T12:00:01Z'));
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  erase(log, 'p0');
  assert.ok(await run.caughtUpWithLog(60_000));
  assert.equal((await residueIn(pool, 'p0')).rows, 0);
  const { rows } = await pool.query('select state, subject, stream, error from parked_events');
  const told = { state: 'skipped', subject: '', stream: '', error: 'the player was erased' };
  assert.deepEqual(rows, [told, told]);
  assert.equal((await run.status()).find(({ name }) => name === 'game_events')!.parked, 0);
  await run.stop();
  // As they were passed over live, so in a rebuild, which would stop at them otherwise.
  await rebuild({ log, pool }, [projectionNamed('game_events')], { signal });
});

test('what was begun beside is given up, what was read before is cleared, and who is behind is waited for', async () => {
  const log = play({ players: 2, events: 40 });
  const { pool, run } = await settled(log);
  await run.stop();
  const emotions = projectionNamed('emotions');
  await rebuild({ log, pool }, [emotions], { signal });
  await rebuild({ log, pool }, [emotions], { signal, dryRun: true });
  const stages = async () =>
    (await readModels(pool))
      .filter(({ name }) => name === 'emotions')
      .map(({ stage }) => stage)
      .sort();
  assert.deepEqual(await stages(), ['live', 'next', 'old']);
  const before = await countIn({ pool, projection: emotions }, 'p1');
  assert.equal(before % 3, 0, 'as many in each');
  const { position } = erase(log, 'p1');
  const clear = () => clearIn({ pool, projection: emotions }, { playerId: 'p1', position });
  await assert.rejects(clear(), Behind);
  const again = starting(log, pool);
  assert.ok(await again.caughtUpWithLog(60_000));
  await clear();
  assert.deepEqual(await stages(), ['live', 'old']);
  assert.equal(await countIn({ pool, projection: emotions }, 'p1'), 0);
  assert.ok((await countIn({ pool, projection: emotions }, 'p0')) > 0);
});

test('who comes back under another id, as after a log that was put back, is another', async () => {
  const log = play({ players: 1, events: 10 });
  const { pool, run } = await settled(log);
  erase(log, 'p0');
  log.tell('player-q0', registered());
  assert.ok(await run.caughtUpWithLog(60_000));
  const { rows } = await pool.query('select id from players');
  assert.deepEqual(rows, [{ id: 'q0' }]);
});
