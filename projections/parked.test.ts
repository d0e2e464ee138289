import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from 'pg';
import { emotionsOf } from './emotions.js';
import { gameEvents, timelineOf } from './game-events.js';
import { askRetry, parkedOf, skipParked } from './halted.js';
import { projections } from './index.js';
import { openLive } from './models.js';
import type { Projection } from './projection.js';
import { until } from './testing/processes.js';
import { allRows, testRuns } from './testing/runs.js';
import { gameEvent, play } from './testing/stories.js';

const { fresh, starting, cleanRun } = testRuns();
const page = { after: 0, limit: 100 };
const GAME_EVENTS = { projection: 'game_events' };

const shown = async (pool: Pool) =>
  (await parkedOf(pool, 'game_events', page)).map(({ subject, type, state, tries }) => [
    subject,
    type.length > 100 ? 'long' : type,
    state,
    tries > 1,
  ]);

/** A log of two players, of whom one tells what the table refuses and then goes on; the other goes on as well. */
async function refused() {
  const log = play({ players: 2, events: 20 });
  const { pool } = await fresh();
  await openLive(pool, gameEvents);
  await pool.query('alter table game_events add constraint short check (length(type) < 100)');
  log.tell('player-p0', gameEvent(`x${'y'.repeat(200)}`, '2026-11-20T12:00:00Z'));
  log.tell('player-p0', gameEvent('player.kill', '2026-11-20T12:00:01Z'));
  log.tell('player-p1', gameEvent('player.kill', '2026-11-20T12:00:02Z'));
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  return { log, pool, run };
}

test('an event that cannot be stored stops its player alone, and in that read model alone', async () => {
  const { log, pool, run } = await refused();
  log.tell('player-p0', gameEvent('player.death', '2026-11-20T12:00:03Z'));
  assert.ok(await run.caughtUpWithLog(60_000));
  assert.equal((await timelineOf(pool, { playerId: 'p0', limit: 100 })).items.length, 10);
  assert.equal((await timelineOf(pool, { playerId: 'p1', limit: 100 })).items.length, 11);
  assert.equal((await emotionsOf(pool, { playerId: 'p0', limit: 100 })).items.length, 13);
  assert.deepEqual(await shown(pool), [
    ['p0', 'GameEventRecorded', 'parked', true],
    ['p0', 'GameEventRecorded', 'parked', false],
    ['p0', 'GameEventRecorded', 'parked', false],
  ]);
  const [first] = await parkedOf(pool, 'game_events', page);
  assert.match(first!.error, /violates check constraint "short"/);
  assert.ok(first!.stack!.length > 0);
  assert.equal((await run.status()).find(({ name }) => name === 'game_events')!.parked, 3);
  const [line] = run.logger.lines;
  assert.match(line!.message, /an event was parked/);
  assert.deepEqual(Object.keys(line!.fields), ['projection', 'id', 'type', 'position', 'reason']);
});

test('taken once more when what was in the way is gone, in order; also by another process', async () => {
  const { log, pool, run } = await refused();
  await askRetry(pool, GAME_EVENTS);
  await until('it was tried', async () =>
    (await parkedOf(pool, 'game_events', page)).every((one) => one.state === 'parked'),
  );
  assert.equal((await shown(pool)).length, 2, 'nothing is taken while the first cannot be');
  await run.stop();
  await pool.query('alter table game_events drop constraint short');
  const next = starting(log, pool);
  assert.equal(await askRetry(pool, GAME_EVENTS), 2);
  await until('nothing is parked', async () => (await shown(pool)).length === 0);
  log.tell('player-p0', gameEvent('player.death', '2026-11-20T12:00:03Z'));
  assert.ok(await next.caughtUpWithLog(60_000));
  await next.stop();
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('passed over for good: what waited behind it is taken, and a restart remembers', async () => {
  const { log, pool, run } = await refused();
  const [first] = await parkedOf(pool, 'game_events', page);
  assert.equal(await skipParked(pool, { ...GAME_EVENTS, position: first!.position }), 1);
  await until('the other is taken', async () => (await shown(pool)).length === 1);
  assert.deepEqual(await shown(pool), [['p0', 'GameEventRecorded', 'skipped', true]]);
  assert.equal((await timelineOf(pool, { playerId: 'p0', limit: 100 })).items.length, 11);
  assert.equal((await run.status()).find(({ name }) => name === 'game_events')!.parked, 0);
  await run.stop();
  const next = starting(log, pool);
  log.tell('player-p0', gameEvent('player.death', '2026-11-20T12:00:03Z'));
  assert.ok(await next.caughtUpWithLog(60_000));
  assert.equal((await timelineOf(pool, { playerId: 'p0', limit: 100 })).items.length, 12);
});

test('a fold that throws on one event is parked with its stack; a state is not spoilt by it', async () => {
  const log = play({ players: 2, events: 30 });
  const { pool } = await fresh();
  const poisoned = log.events.filter(({ type }) => type === 'GameEventRecorded')[10]!;
  const which = projections.map(
    (one): Projection => ({
      ...one,
      fold: (event, state) => {
        if (one.name === 'emotions' && event.id === poisoned.id) throw new TypeError('no such feeling');
        return one.fold(event, state);
      },
    }),
  );
  const run = starting(log, pool, which);
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  const [first, ...behind] = await parkedOf(pool, 'emotions', page);
  assert.match(first!.error, /no such feeling/);
  assert.match(first!.stack!, /TypeError: no such feeling\n.*at .*fold/s);
  assert.ok(behind.length > 0);
  const mended = starting(log, pool);
  await askRetry(pool, { projection: 'emotions' });
  await until('nothing is parked', async () => (await parkedOf(pool, 'emotions', page)).length === 0);
  await mended.stop();
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});
