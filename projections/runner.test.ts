import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from '../eventstore/log.js';
import type { MemoryLog } from '../eventstore/testing/memory-log.js';
import { openPool } from './database.js';
import { emotionsOf } from './emotions.js';
import { timelineOf } from './game-events.js';
import { projections } from './index.js';
import { watchProjections } from './runner.js';
import { keepingLogger } from './testing/database.js';
import { allRows, testRuns } from './testing/runs.js';
import { CLIENT, gameEvent, play } from './testing/stories.js';
import { eventsThisMonth } from './usage.js';

const { fresh, starting, cleanRun } = testRuns();

test('a log becomes rows, and what comes later is added', async () => {
  const log = play({ players: 3, events: 300 });
  const { pool } = await fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  const rows = await allRows(pool);
  assert.equal(rows.game_events!.length, 300);
  assert.equal(rows.emotions!.length, 300);
  assert.equal(rows.companion_actions!.length, 60);
  assert.equal(rows.players!.length, 3);
  assert.equal(rows.games!.length, 1);
  assert.equal(await eventsThisMonth(pool, CLIENT, new Date('2026-11-05')), 300);
  log.tell('player-p0', gameEvent('player.kill', '2026-11-21T00:00:00Z'));
  assert.ok(await run.caughtUpWithLog(60_000));
  assert.equal((await allRows(pool)).game_events!.length, 301);
  const status = await run.status();
  assert.deepEqual(
    status.map(({ name, state, position, lag, parked }) => ({ name, state, position, lag, parked })),
    projections.map(({ name }) => ({
      name,
      state: 'live',
      position: log.events.length,
      lag: { positions: 0, events: 0, seconds: 0 },
      parked: 0,
    })),
  );
  assert.ok(status.find(({ name }) => name === 'game_events')!.rate > 0);
  await run.stop();
  assert.ok((await run.status()).every(({ state }) => state === 'stopped'));
});

test('of two instances one writes; when it is gone the other takes over', async () => {
  const log = play({ events: 50 });
  const { pool, url } = await fresh();
  const first = starting(log, pool);
  assert.ok(await first.caughtUpWithLog(60_000));
  const otherPool = openPool({ url, logger: keepingLogger() });
  const second = starting(log, otherPool);
  await sleep(100);
  assert.ok((await second.status()).every(({ state }) => state === 'standby'));
  assert.ok(await second.caughtUpWithLog(60_000), 'who waits knows what the other wrote');
  const watching = watchProjections({ log, pool: otherPool, projections });
  assert.ok(await watching.caughtUpWithLog(60_000));
  await first.stop();
  log.tell('player-p0', gameEvent('player.kill', '2026-11-22T00:00:00Z'));
  assert.ok(await second.caughtUpWithLog(60_000));
  assert.ok((await second.status()).every(({ state }) => state === 'live'));
  assert.deepEqual([...second.logger.lines, ...first.logger.lines], []);
  await second.stop();
  await otherPool.end();
  assert.deepEqual(await allRows(pool), await cleanRun(log));
});

test('whatever is delivered once more changes no row', async () => {
  const log = play({ events: 400 });
  const expected = await cleanRun(log);
  const { pool } = await fresh();
  const doubled: MemoryLog = {
    ...log,
    async *follow(after, options) {
      let before: Batch | undefined;
      for await (const batch of log.follow(after, { ...options, maxBatch: 50 })) {
        yield batch;
        yield { ...batch, events: [...(before?.events ?? []), ...batch.events] };
        before = batch;
      }
    },
  };
  const run = starting(doubled, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  assert.deepEqual(await allRows(pool), expected);
});

test('a new version of a read model is built anew, and only that one', async () => {
  const log = play({ events: 100 });
  const { pool } = await fresh();
  const first = starting(log, pool);
  await first.caughtUpWithLog(60_000);
  await first.stop();
  const before = await allRows(pool);
  await pool.query('delete from games; delete from game_events');
  const next = projections.map((one) =>
    one.name === 'game_events' ? { ...one, version: one.version + 1 } : one,
  );
  const run = starting(log, pool, next);
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  assert.deepEqual(await allRows(pool), { ...before, games: [] });
  const old = starting(log, pool);
  await sleep(300);
  assert.ok((await old.status()).find(({ name }) => name === 'game_events')!.version === 2);
  assert.match(old.logger.lines.map(({ message }) => message).join(), /a newer engine keeps/);
});

test('times of years ago and of tomorrow find their month', async () => {
  const log = play({ players: 1, events: 0 });
  const times = [
    '2000-01-01T00:00:00.000Z',
    '2011-12-31T23:59:59.999Z',
    '2012-01-01T00:00:00.000Z',
    '2026-11-24T00:00:00.000Z',
  ];
  for (const at of times) log.tell('player-p0', gameEvent('player.kill', at));
  const { pool } = await fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  const { items } = await timelineOf(pool, { playerId: 'p0', limit: 10 });
  assert.deepEqual(
    items.map(({ at }) => at),
    times,
  );
  const { rows } = await pool.query(`select tableoid::regclass::text as part from game_events order by at`);
  assert.deepEqual(
    rows.map(({ part }) => part),
    ['game_events_2000_01', 'game_events_2011_12', 'game_events_2012_01', 'game_events_2026_11'],
  );
  assert.equal((await emotionsOf(pool, { playerId: 'p0', upTo: times[1]!, limit: 10 })).items.length, 2);
});
