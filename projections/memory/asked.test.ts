import assert from 'node:assert/strict';
import { it } from 'node:test';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { testRuns } from '../testing/runs.js';
import { gameEvent, registered } from '../testing/stories.js';
import { revisionAt } from './asked.js';
import { minute, penta, said } from './testing/told.js';

const { fresh, starting } = testRuns();

it('a moment is after the last thing that was told by then, by the game or by the player', async () => {
  const log = memoryLog();
  const death = gameEvent('player.death', minute(5), {});
  log.tell('player-p0', registered(), penta(minute(1)), said('my cat is called Momo', minute(3)), death);
  log.tell('player-p1', registered(), said('I have a dog', minute(0)));
  const { pool } = await fresh();
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  const at = (minutes: number) => revisionAt(pool, 'p0', minute(minutes));
  assert.deepEqual(await Promise.all([0, 1, 2, 3, 4, 5, 6].map(at)), [-1, 1, 1, 2, 2, 3, 3]);
});
