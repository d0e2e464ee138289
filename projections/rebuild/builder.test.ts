import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLocks } from '../locks.js';
import { readModel } from '../models.js';
import { sessions } from '../sessions.js';
import { until } from '../testing/processes.js';
import { testRuns } from '../testing/runs.js';
import { play } from '../testing/stories.js';
import { ask } from './builder.js';
import { rebuildLock } from './lock.js';

const { fresh, starting } = testRuns();

test('what is asked for while another process rebuilds it waits, says so once, and is built then', async () => {
  const { pool } = await fresh();
  const run = starting(play({ events: 50 }), pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  const generation = async () => (await readModel(pool, sessions.name, 'live'))!.generation;
  const waits = () => run.logger.lines.filter(({ message }) => message === 'a rebuild waits').length;
  for (const round of [1, 2]) {
    const before = await generation();
    const other = await openLocks(pool);
    // Whoever built it the last time lets go of it a moment after the switch.
    await until('the other one has it', () => other.take([rebuildLock(sessions.name)]));
    await ask(pool, sessions, { by: 'http' });
    try {
      await until('it says that it waits', async () => waits() >= round);
      // Long enough for it to have tried again.
      await sleep(3_500);
      assert.equal(waits(), round);
      assert.equal(await generation(), before);
    } finally {
      await other.release();
    }
    await until('it is built', async () => (await generation()) !== before);
  }
});
