import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type pg from 'pg';
import { type MemoryLog, memoryLog } from '../eventstore/testing/memory-log.js';
import { activeDays, activePlayers, retentionOf } from './activity.js';
import { costliestPlayers, costsOf, forecastOf, playerDaysOf, usdOn } from './cost-figures.js';
import { linesFailed, linesSaid, silentActions, templatesSaid } from './dialogue-figures.js';
import { emotionLabels, hoursOfEmotion } from './emotion-hours.js';
import { projections } from './index.js';
import { openLive } from './models.js';
import { boundsOf, partitionName } from './partitions.js';
import type { Row } from './projection.js';
import { rebuild } from './rebuild/rebuild.js';
import type { Scope } from './scope.js';
import { sessionDays } from './sessions.js';
import { allRows, testRuns } from './testing/runs.js';
import {
  acted,
  asked,
  CLIENT,
  COST,
  failed,
  GAME,
  gameEvent,
  MODEL,
  play,
  registered,
  written,
} from './testing/stories.js';

const { fresh, starting, cleanRun } = testRuns();

async function followed(log: MemoryLog): Promise<pg.Pool> {
  const { pool } = await fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  assert.deepEqual(run.logger.lines, []);
  return pool;
}

const year: Scope = { clientId: CLIENT, gameId: GAME, from: '2026-01-01', to: '2026-12-31' };

test('figures of a play add up to the events it was made of', async () => {
  const log = play({ players: 3, events: 300, from: '2026-11-20T23:58:00Z' });
  const pool = await followed(log);
  const sum = <T>(items: T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0);

  const days = await activeDays(pool, year);
  assert.deepEqual(days, [
    { day: '2026-11-20', active: 3, new: 3, events: 120 },
    { day: '2026-11-21', active: 3, new: 0, events: 180 },
  ]);
  assert.equal(await activePlayers(pool, year), 3);
  const sessions = await sessionDays(pool, year);
  assert.deepEqual(sessions, [{ day: '2026-11-20', sessions: 3, seconds: 3 * 297 }]);

  const [hours, labels] = [await hoursOfEmotion(pool, year), await emotionLabels(pool, year)];
  assert.deepEqual(
    hours.map(({ hour, felt }) => [hour, felt]),
    [
      ['2026-11-20T23:00:00.000Z', 120],
      ['2026-11-21T00:00:00.000Z', 180],
    ],
  );
  for (const hour of hours) assert.equal(sum(Object.values(hour.labels), Number), hour.felt);
  const felt = sum(labels, (one) => one.felt);
  assert.equal(felt, 300);
  for (const { label, felt, intensity, valence } of labels) {
    const inHours = sum(hours, (hour) => hour.labels[label] ?? 0);
    assert.equal(inHours, felt);
    const { rows } = await pool.query(
      'select avg(intensity) as intensity, avg(valence) as valence from emotions where label = $1',
      [label],
    );
    assert.ok(Math.abs(rows[0].intensity - intensity) < 0.001, label);
    assert.ok(Math.abs(rows[0].valence - valence) < 0.001, label);
  }

  const lines = await linesSaid(pool, year);
  assert.equal(lines.all.said, 60);
  assert.equal(lines.all.likes, 30);
  const said = (by: { said: number }[]) => sum(by, (one) => one.said);
  for (const by of [lines.bySource, lines.byPersona, lines.byLang]) assert.equal(said(by), 60);
  assert.equal(said(await templatesSaid(pool, year, 50)), 50);
  assert.deepEqual(
    lines.bySource.map((one) => [one.source, one.said]),
    [
      ['template', 50],
      ['cache', 5],
      ['llm', 5],
    ],
  );
  assert.deepEqual(await linesFailed(pool, year), [{ reason: 'wrong_language', lines: 5 }]);
  const { all, byScene } = await costsOf(pool, year);
  assert.deepEqual(all, {
    ...{ lines: 60, calls: 10, inputTokens: 6_000, cacheWriteTokens: 200, cacheReadTokens: 10_000 },
    ...{ outputTokens: 400, usd: (10 * COST) / 1e9 },
  });
  assert.deepEqual(
    byScene.map(({ scene, lines, calls }) => [scene, lines, calls]),
    [
      ['first_ever', 10, 10],
      ['milestone', 5, 0],
    ],
  );
});

test('what a player was like is kept over a restart, wherever it comes', async () => {
  const log = play({ players: 2, events: 60 });
  log.tell('player-p0', gameEvent('player.kill', '2026-11-18T10:00:00Z'));
  log.tell('player-p0', gameEvent('player.kill', '2026-11-20T10:30:00Z'));
  const expected = await cleanRun(log);
  const { pool } = await fresh();
  const half = memoryLog();
  const tell = (events: typeof log.events) => {
    for (const { stream, revision: _, position: __, ...event } of events) half.tell(stream, event);
  };
  for (const cut of [20, 45, 70]) {
    tell(log.events.slice(half.events.length, cut));
    const run = starting(half, pool);
    assert.ok(await run.caughtUpWithLog(60_000));
    await run.stop();
  }
  tell(log.events.slice(half.events.length));
  assert.ok(await starting(half, pool).caughtUpWithLog(60_000));
  assert.deepEqual(await allRows(pool), expected);
  assert.equal((await activeDays(pool, year))[0]!.new, 1, 'the event told late began it');
});

test('built anew, they are what was followed event by event, and are partitioned and indexed alike', async () => {
  const log = play({ players: 3, events: 5, from: '2026-10-31T23:59:30Z' });
  const { pool } = await fresh();
  const run = starting(log, pool);
  for (const { stream, revision: _, position: __, ...event } of play({ players: 3, events: 90 }).events.slice(
    4,
  )) {
    log.tell(stream, { ...event, id: randomUUID() });
    if (log.events.length % 7 === 0) assert.ok(await run.caughtUpWithLog(60_000));
  }
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  const indexed = `select indexdef from pg_indexes where schemaname = 'public' and tablename = 'sessions_2026_11'`;
  const stands = async () => [await allRows(pool), (await pool.query(`${indexed} order by 1`)).rows];
  const before = await stands();
  const built = await rebuild({ log, pool }, projections, { signal: new AbortController().signal });
  for (const { name, comparison } of built) assert.equal(comparison?.equal, true, name);
  assert.deepEqual(await stands(), before);
});

test('retention: who came back on the day after, and null while that is not over', async () => {
  const log = memoryLog();
  const plays = (player: string, ...days: string[]) => {
    log.tell(`player-${player}`, registered());
    for (const day of days)
      log.tell(
        `player-${player}`,
        gameEvent('player.kill', `${day}T00:00:00Z`),
        gameEvent('player.kill', `${day}T23:59:59.999Z`),
      );
  };
  plays('a', '2026-01-31', '2026-02-01', '2026-02-07', '2026-03-02');
  plays('b', '2026-01-31', '2026-02-02');
  plays('c', '2026-01-31', '2026-02-01');
  plays('d', '2026-02-01', '2026-02-02');
  const pool = await followed(log);
  const february = { ...year, from: '2026-01-31', to: '2026-02-01' };
  assert.deepEqual(await retentionOf(pool, february, '2026-06-01'), [
    { cohort: '2026-01-31', size: 3, d1: 2, d7: 1, d30: 1 },
    { cohort: '2026-02-01', size: 1, d1: 1, d7: 0, d30: 0 },
  ]);
  assert.deepEqual(await retentionOf(pool, february, '2026-02-08'), [
    { cohort: '2026-01-31', size: 3, d1: 2, d7: 1, d30: null },
    { cohort: '2026-02-01', size: 1, d1: 1, d7: null, d30: null },
  ]);
});

test('each game and client by itself; all together', async () => {
  const log = memoryLog();
  const tell = (player: string, owner: { clientId: string; gameId: string }) => {
    const events = [
      gameEvent('player.kill', '2026-05-01T10:00:00Z'),
      acted(player, '2026-05-01T10:00:00Z'),
      acted(`${player} silent`, '2026-05-01T10:00:00Z'),
      asked(`${player} asks`, '2026-05-01T10:00:00Z'),
      failed(`${player} asks`, '2026-05-01T10:00:00Z', { model: MODEL, cost: 1e9 }),
    ];
    delete (events[2]!.data as Row).dialogue;
    for (const event of events)
      log.tell(`player-${player}`, { ...event, metadata: { ...event.metadata, ...owner } });
  };
  tell('a', { clientId: 'c1', gameId: 'g1' });
  tell('b', { clientId: 'c1', gameId: 'g2' });
  tell('c', { clientId: 'c2', gameId: 'g3' });
  const pool = await followed(log);
  const days = { from: '2026-05-01', to: '2026-12-31' };
  for (const [owner, count] of [
    [{ clientId: 'c1', gameId: 'g1' }, 1],
    [{ clientId: 'c1' }, 2],
    [{ clientId: 'c2' }, 1],
    [{}, 3],
    [{ clientId: 'c1', gameId: 'g3' }, 0],
  ] as const) {
    const scope = { ...owner, ...days };
    const paid = { ...scope, from: '2026-11-20' };
    const counts = [
      (await activeDays(pool, scope))[0]?.active ?? 0,
      await activePlayers(pool, scope),
      (await retentionOf(pool, scope, '2027-01-01'))[0]?.size ?? 0,
      (await sessionDays(pool, scope))[0]?.sessions ?? 0,
      (await emotionLabels(pool, scope))[0]?.felt ?? 0,
      (await hoursOfEmotion(pool, scope))[0]?.felt ?? 0,
      (await linesSaid(pool, scope)).all.said / 2,
      (await linesFailed(pool, scope))[0]?.lines ?? 0,
      (await templatesSaid(pool, scope, 5))[0]?.said ?? 0,
      await silentActions(pool, scope),
      (await costsOf(pool, paid)).all.lines / 2,
      (await costsOf(pool, paid)).all.usd,
      (await costliestPlayers(pool, paid, 9)).length,
      (await playerDaysOf(pool, paid)).count,
      (await forecastOf(pool, scope, '2026-11-20')).spentUsd,
    ];
    assert.deepEqual(counts, Array(counts.length).fill(count), JSON.stringify(owner));
    const before = { ...scope, from: '2026-04-01', to: '2026-04-30' };
    assert.deepEqual([await activePlayers(pool, before), await silentActions(pool, before)], [0, 0]);
  }
});

test('money: by day, game, scene, model and who wrote; by player and day of a player', async () => {
  const log = memoryLog();
  let nth = 0;
  const tell = (player: string, day: string, cost: number, over: Row = {}) => {
    const owner = { gameId: player === 'z' ? 'g2' : GAME, recordedAt: `${day}T10:00:00.000Z` };
    const causedBy = `${player} ${nth++}`;
    for (const event of [asked(causedBy, `${day}T10:00:00Z`), written(causedBy, day, { cost, ...over })])
      log.tell(`player-${player}`, { ...event, metadata: { ...event.metadata, ...owner } });
  };
  tell('a', '2026-05-01', 1_500_000_000);
  tell('a', '2026-05-01', 500_000_000, { scene: 'chat', model: 'claude-opus-5-5' });
  tell('a', '2026-05-02', 1);
  tell('z', '2026-05-02', 2);
  const free = acted('free', '2026-05-02T10:00:00Z');
  log.tell('player-b', { ...free, metadata: { ...free.metadata, recordedAt: '2026-05-02T10:00:00.000Z' } });
  const pool = await followed(log);
  const client = { clientId: CLIENT, from: '2026-01-01', to: '2026-12-31' };
  const costs = await costsOf(pool, client);
  assert.deepEqual([costs.all.lines, costs.all.calls, costs.all.usd], [5, 4, 2.000000003]);
  const told = (rows: ({ lines: number; usd: number } & Row)[], name: string) =>
    rows.map((row) => [row[name], row.lines, row.usd]);
  assert.deepEqual(told(costs.days, 'day'), [
    ['2026-05-01', 2, 2],
    ['2026-05-02', 3, 3e-9],
  ]);
  assert.deepEqual(told(costs.byGame, 'gameId'), [
    ['g1', 4, 2.000000001],
    ['g2', 1, 2e-9],
  ]);
  assert.deepEqual(told(costs.byScene, 'scene'), [
    ['first_ever', 3, 1.500000003],
    ['chat', 1, 0.5],
  ]);
  assert.deepEqual(told(costs.byModel, 'model'), [
    [MODEL, 3, 1.500000003],
    ['claude-opus-5-5', 1, 0.5],
  ]);
  assert.deepEqual(told(costs.bySource, 'source'), [
    ['llm', 4, 2.000000003],
    ['template', 1, 0],
  ]);
  assert.deepEqual(told(await costliestPlayers(pool, client, 5), 'playerId'), [
    ['a', 3, 2.000000001],
    ['z', 1, 2e-9],
  ]);
  assert.deepEqual(told(await costliestPlayers(pool, client, 1), 'playerId'), [['a', 3, 2.000000001]]);
  // Of a: 2 dollars and a billionth; of z two billionths; of b nothing.
  assert.deepEqual(await playerDaysOf(pool, client), { count: 4, meanUsd: 2.000000003 / 4, p99Usd: 2 });
  const may2 = { ...client, gameId: 'g2', from: '2026-05-02' };
  assert.deepEqual(await playerDaysOf(pool, may2), { count: 1, meanUsd: 2e-9, p99Usd: 2e-9 });
  const none = { ...client, clientId: 'c2' };
  assert.deepEqual(await playerDaysOf(pool, none), { count: 0, meanUsd: null, p99Usd: null });
  assert.deepEqual(await forecastOf(pool, client, '2026-05-03'), {
    ...{ month: '2026-05', spentUsd: 2.000000003, daysLeft: 28 },
    ...{ perDayUsd: 1.000000002, usd: 30.000000059 },
  });
  assert.equal((await forecastOf(pool, none, '2026-05-03')).perDayUsd, null);
  assert.deepEqual([await usdOn(pool, '2026-05-01'), await usdOn(pool, '2026-05-03')], [2, 0]);
});

test('of a hundred days of players the dearest but one is what 99 do not pass', async () => {
  const { pool } = await fresh();
  await openLive(pool, projections.find(({ name }) => name === 'cost')!);
  await pool.query(
    `create table ${partitionName('cost_player_days', '2026-05')} partition of cost_player_days
      for values ${boundsOf('2026-05')}`,
  );
  await pool.query(`insert into cost_player_days
    select 'c1', 'g1', '2026-05-01T00:00:00Z', 'p' || nth, 1, 1, nth * 1000000000::bigint from generate_series(1, 100) nth`);
  assert.deepEqual(await playerDaysOf(pool, year), { count: 100, meanUsd: 50.5, p99Usd: 99 });
});

test('questions about days touch only their months', async () => {
  const { pool } = await fresh();
  for (const projection of projections) await openLive(pool, projection);
  for (const table of ['sessions', 'activity_days', 'emotion_hours', 'cost_player_days'])
    for (const month of ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'])
      await pool.query(
        `create table ${partitionName(table, month)} partition of ${table} for values ${boundsOf(month)}`,
      );
  const plans: string[] = [];
  const explaining = {
    query: async (sql: string, values: unknown[]) => {
      const { rows } = await pool.query(`explain ${sql}`, values);
      plans.push(rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n'));
      return { rows: [{ players: 0 }] };
    },
  } as unknown as pg.Pool;
  for (const owner of [{}, { clientId: CLIENT }, { clientId: CLIENT, gameId: GAME }]) {
    const scope = { ...owner, from: '2026-02-01', to: '2026-02-28' };
    await activePlayers(explaining, scope);
    for (const ask of [activeDays, sessionDays, emotionLabels, hoursOfEmotion, playerDaysOf])
      await ask(explaining, scope).catch(() => {});
    await costliestPlayers(explaining, scope, 5).catch(() => {});
    assert.equal(plans.length, 7);
    for (const plan of plans.splice(0)) {
      assert.match(plan, /2026_02/);
      assert.doesNotMatch(plan, /2026_0[1345]/, plan);
    }
    await retentionOf(explaining, scope, '2026-06-01').catch(() => {});
    assert.match(plans[0]!, /activity_days_2026_03/, 'who came back a month later');
    assert.doesNotMatch(plans.pop()!, /2026_0[145]/);
  }
});
