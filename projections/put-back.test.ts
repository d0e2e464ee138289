import assert from 'node:assert/strict';
import { test } from 'node:test';
import { residueIn } from './erasing/residue.js';
import { projections } from './index.js';
import { readModels } from './models.js';
import { backToEndOf } from './put-back.js';
import { rebuild } from './rebuild/rebuild.js';
import { allRows, testRuns } from './testing/runs.js';
import { gameEvent, play, stored } from './testing/stories.js';

const { fresh, starting, cleanRun } = testRuns();
const { signal } = new AbortController();

const kill = () => gameEvent('player.kill', '2026-11-21T10:00:00Z');

/** A log of before, with all that was read of it when it was longer. */
async function putBack() {
  const log = play({ players: 3, events: 60 });
  const { pool } = await fresh();
  const run = starting(log, pool);
  const before = log.events.length;
  log.tell('player-p0', kill(), kill(), kill(), kill());
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  const positions = async () => [...new Set((await readModels(pool)).map(({ position }) => position))];
  assert.deepEqual(await positions(), [before + 4]);
  return { log, pool, positions, end: before };
}

test('a log of before is followed from its end: who is erased then, is; built anew, all is as it tells', async () => {
  const { log, pool, positions, end } = await putBack();
  log.events.splice(end);
  const taken = await backToEndOf(log, pool);
  assert.deepEqual(taken.sort(), projections.map(({ name }) => name).sort());
  assert.deepEqual(await positions(), [end]);
  const run = starting(log, pool);
  log.tell('player-p1', stored('PlayerErased', {}), kill());
  assert.ok(await run.caughtUpWithLog(60_000));
  assert.equal((await residueIn(pool, 'p1')).rows, 0);
  const { rows } = await pool.query('select player_id from erased_players where certified_at is null');
  assert.deepEqual(rows, [{ player_id: 'p1' }]);
  await run.stop();
  await rebuild({ log, pool }, projections, { signal });
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('what was being built of the other log is begun anew', async () => {
  const { log, pool, end } = await putBack();
  await rebuild({ log, pool }, projections, { signal, dryRun: true });
  log.events.splice(end);
  await backToEndOf(log, pool);
  await rebuild({ log, pool }, projections, { signal });
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('what was put aside of the other log is not what this one has in its place', async () => {
  const { log, pool, end } = await putBack();
  await pool.query(
    `insert into parked_events (projection, position, subject, event_id, type, stream, revision, error, tries, state)
      values ('game_events', $1, 'p0', '', '', 'player-p0', 1, '', 1, 'skipped')`,
    [end + 1],
  );
  log.events.splice(end);
  await backToEndOf(log, pool);
  const run = starting(log, pool);
  log.tell('player-p2', kill());
  assert.ok(await run.caughtUpWithLog(60_000));
  const { rows } = await pool.query(
    "select 1 from game_events where player_id = 'p2' and at = '2026-11-21T10:00:00Z'",
  );
  assert.equal(rows.length, 1);
});

test('a log that is as it was is followed on, and one of which nobody can tell the end', async () => {
  const { log, pool, positions, end } = await putBack();
  assert.deepEqual(await backToEndOf(log, pool), []);
  log.events.splice(0);
  assert.deepEqual(await backToEndOf(log, pool), []);
  assert.deepEqual(await positions(), [end + 4]);
});
