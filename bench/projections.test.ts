import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { slow } from '../cli/faults/testing/slow.js';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { connectLog } from '../eventstore/log.eventstore.js';
import { projections as readModels } from '../projections/index.js';
import { startWorker, type Worker } from './child.js';
import { type Database, startDatabases } from './databases.js';
import { historyOf } from './load/history.js';
import { costUpTo, projections } from './projections.js';
import { projectionsTables } from './projections-table.js';
import { Tidy } from './tidy.js';

const EVENTS = 6_000;

describe('the load on the read models', { skip: slow }, () => {
  const tidy = new Tidy();
  let worker: Worker;
  let url: string;
  let databases: Awaited<ReturnType<typeof startDatabases>>;
  before(async () => {
    const dir = `${await tidy.folder()}/log`;
    databases = await startDatabases(tidy);
    worker = startWorker();
    tidy.later(worker.stop);
    const filled = await worker.run({ kind: 'history', dir, events: EVENTS });
    assert.equal(filled.events, EVENTS);
    const node = await startEmbeddedNode({ dir });
    tidy.later(node.stop);
    url = node.url;
  });
  after(() => tidy.all());

  const ask = async ({ url: connectionString }: Database, sql: string) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  };

  it('builds all of them from nothing, as a rebuild does, and tells how far it was when', async () => {
    const database = await databases.fresh();
    const built = await worker.run({ kind: 'rebuild', log: url, database: database.url });
    assert.equal(built.events, EVENTS);
    const marks = built.marks.map(({ events }) => events);
    assert.deepEqual([marks[0], marks.at(-1)], [0, EVENTS]);
    assert.deepEqual(
      built.marks,
      [...built.marks].sort((a, b) => a.events - b.events || a.seconds - b.seconds),
    );
    const { all, reading, indexing, switching } = built.seconds;
    assert.ok(reading > 0 && indexing > 0 && switching > 0);
    assert.ok(Math.abs(all - reading - indexing - switching) < 0.01 * all);
    const live = await ask(database, "select name, position::int from read_models where stage = 'live'");
    assert.deepEqual(live.map(({ name }) => name).sort(), readModels.map(({ name }) => name).sort());
    assert.ok(live.every(({ position }) => position === EVENTS));
    const told = [...historyOf(EVENTS)].flatMap(({ events }) => events);
    for (const [table, type] of [
      ['game_events', 'GameEventRecorded'],
      ['companion_actions', 'CompanionActed'],
      ['players', 'PlayerRegistered'],
      ['games', 'GameCreated'],
    ] as const) {
      const [counted] = await ask(database, `select count(*)::int from ${table}`);
      assert.equal(counted.count, told.filter((event) => event.type === type).length, table);
    }
    assert.deepEqual(await ask(database, 'select * from parked_events'), []);
  });

  it('copies as many rows as it is told, also more than it has lines', async () => {
    const database = await databases.fresh();
    for (const rows of [700, 20_300]) {
      const copied = await worker.run({ kind: 'copy-rows', database: database.url, rows });
      assert.equal(copied.events, rows);
      assert.deepEqual(await ask(database, 'select count(*)::int from bare_rows'), [{ count: rows }]);
    }
  });

  it('appends what the log has not yet, and sees its rows', async () => {
    const { url: database } = await databases.fresh();
    const follower = startWorker();
    tidy.later(follower.stop);
    await follower.run({ kind: 'follow', log: url, database });
    const shape = { perSecond: 200, from: EVENTS, warmUpMs: 0, measureMs: 500 };
    const live = await worker.run({ kind: 'rows-live', log: url, database, ...shape });
    assert.deepEqual([live.sent, live.ack.count, live.late.count], [100, 100, 100]);
    const told = [...historyOf(EVENTS + 100)].flatMap(({ events }) => events).slice(EVENTS);
    assert.equal(live.lag.count, told.filter(({ type }) => type === 'GameEventRecorded').length);
    const log = connectLog({ url });
    assert.equal(await log.head(), EVENTS + 100);
    await log.close();
  });

  // Its parts are tried out above; all of it takes long.
  const long = process.env.AGL_LONG === '1' ? false : 'takes long: AGL_LONG=1 runs it';
  it('measures all of it, and has a table of it', { skip: long }, async () => {
    const own = new Tidy();
    const bench = { seconds: 0.5, rounds: 1, events: 3_000, dimension: 384, tidy: own, say: () => {} };
    const measured = await projections(bench).finally(() => own.all());
    const { events, fromNothing, readAll, copy, ratio, curve, live } = measured;
    assert.equal(events, 3_000);
    for (const { perSecond, cpuUs } of [fromNothing, readAll, copy])
      assert.ok(perSecond.all.length === 1 && perSecond.min > 0 && cpuUs.min > 0);
    const slower = Math.min(readAll.perSecond.median, copy.perSecond.median);
    assert.ok(Math.abs(ratio - fromNothing.perSecond.median / slower) < 0.01 * ratio);
    assert.deepEqual(
      curve.points.map((point) => point.events),
      [3_000],
    );
    assert.equal(live.sent, 500, 'all but the warm-up');
    assert.ok(live.lag.count > 200 && live.lag.count < live.sent, 'the game events among them');
    const text = projectionsTables(measured).join('\n');
    assert.match(text, /all read models from nothing/);
    assert.match(text, /until the rows are there/);
  });

  it('reckons what an event costs between marks, without the beginning', () => {
    const marks = [
      { events: 0, seconds: 5 },
      { events: 4_000, seconds: 5.5 },
      { events: 8_000, seconds: 6.5 },
      { events: 10_000, seconds: 7 },
    ];
    // 5,000 are there after 5.75 s, all after 7.
    assert.equal(costUpTo(marks, 10_000), 250);
    assert.equal(costUpTo(marks, 4_000), 125);
    assert.throws(() => costUpTo(marks, 10_001), /never came to 10001/);
  });
});
