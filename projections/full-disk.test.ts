import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../migrations/index.js';
import { openPool, type Pool } from './database.js';
import { timelineOf } from './game-events.js';
import { projections } from './index.js';
import { type Rebuilt, rebuild } from './rebuild/rebuild.js';
import { type RunningProjections, startProjections } from './runner.js';
import { keepingLogger } from './testing/database.js';
import { until } from './testing/processes.js';
import { allRows } from './testing/runs.js';
import { noDisks, type SmallDisk, smallDisk } from './testing/small-disk.js';
import { gameEvent, play } from './testing/stories.js';

describe('the disk of the database is full', { skip: noDisks }, () => {
  const log = play({ events: 2_000, players: 20 });
  const logger = keepingLogger();
  let disk: SmallDisk;
  let pool: Pool;
  let run: RunningProjections;
  const signal = new AbortController().signal;
  const states = async () => (await run.status()).map(({ state }) => state);
  const isLive = async () => (await states()).every((state) => state === 'live');
  const tell = (count: number) => {
    for (let nth = 0; nth < count; nth++) {
      const at = new Date(Date.parse('2026-11-21T10:00:00Z') + nth * 1000).toISOString();
      log.tell(`player-p${nth % 20}`, gameEvent('player.kill', at));
    }
  };
  /** What a run that never knew of it makes. */
  const cleanRows = async () => {
    const clean = openPool({ url: disk.roomy, logger });
    const signal = new AbortController().signal;
    await rebuild({ log, pool: clean }, projections, { signal });
    const rows = await allRows(clean);
    await clean.end();
    return rows;
  };

  before(async () => {
    disk = await smallDisk('64m');
    for (const url of [disk.url, disk.roomy]) await migrate(url);
    pool = openPool({ url: disk.url, logger });
    run = startProjections({ log, pool, projections, logger });
    assert.ok(await run.caughtUpWithLog(60_000));
  });
  after(async () => {
    await run?.stop();
    await pool?.end();
    await disk?.stop();
  });

  it('while read models are written: they wait and say why, are read as they are, and go on when there is room', async () => {
    disk.fill();
    tell(6_000);
    const saysWhy = async () =>
      (await run.status()).some(
        ({ state, trouble }) => state === 'retrying' && /No space left/.test(trouble ?? ''),
      );
    await until('it says why it waits', saysWhy);
    // Also while it tries again.
    const waited = run.caughtUpWithLog(2_500);
    for (let done = false; !done; done = await Promise.race([waited.then(() => true), sleep(5, false)])) {
      assert.ok(await saysWhy(), JSON.stringify(await run.status()));
    }
    assert.equal(await waited, false);
    assert.ok((await timelineOf(pool, { playerId: 'p0', limit: 500 })).items.length >= 100);
    const said = logger.lines.map(({ level, fields }) => [level, (fields as { error: string }).error]);
    assert.ok(said.length > 0);
    for (const [level, error] of said) {
      assert.equal(level, 'warn');
      assert.match(error!, /No space left/);
    }
    disk.makeRoom();
    assert.ok(await run.caughtUpWithLog(60_000));
    assert.ok(await isLive());
    assert.deepEqual(new Set((await run.status()).map(({ trouble }) => trouble)), new Set([null]));
    assert.deepEqual(await allRows(pool), await cleanRows());
  });

  it('while they are built anew: what is read is as it was, and the same rebuild goes on when there is room', async () => {
    const rows = await allRows(pool);
    disk.fill();
    await assert.rejects(rebuild({ log, pool }, projections, { signal }), /No space left/);
    assert.deepEqual(await allRows(pool), rows);
    disk.makeRoom();
    const rebuilt: Rebuilt[] = await rebuild({ log, pool }, projections, { signal });
    for (const { name, comparison, switched } of rebuilt)
      assert.deepEqual([comparison?.equal, switched], [true, true], name);
    assert.deepEqual(await allRows(pool), rows);
  });
});
