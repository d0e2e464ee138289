import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { connectLog } from '../eventstore/log.eventstore.js';
import { openPool } from '../projections/database.js';
import { keepingLogger } from '../projections/testing/database.js';
import { runInTurn } from './faults/testing/in-turn.js';
import { cleanUp, openEngine, run, stopEngine, temporaryFolder } from './faults/testing/processes.js';
import { all, ask, openStudio, type Studio, seat } from './faults/testing/studio.js';
import { forgetNow, linesOf, wouldForget } from './forget.js';
import { runningEngine } from './running-engine.js';
import { readSettings } from './settings.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));
const env = { AGL_DATA_DIR: join(dir, 'agl') };

/** Somebody with a feat and with words about themselves, which are nobody's to show. */
async function remembering(studio: Studio): Promise<string> {
  const player = (await seat(studio, 'one')).id;
  const data = { name: 'Dragon Slayer' };
  const events = [{ id: randomUUID(), type: 'player.achievement', data }];
  const { position } = await ask<{ position: string }>(studio, '/events', {
    ...{ gameId: studio.gameId, playerId: player, events },
  });
  const items = await all(studio, `/players/${player}/memories`, position);
  assert.equal(items.length, 1);
  return player;
}

/** As the verb has them beside a running engine, with a clock of their own. */
function beside(now: Date) {
  const running = runningEngine(readSettings(env))!;
  const log = connectLog({ url: running.eventstore });
  const pool = openPool({ url: running.database, logger: keepingLogger(), max: 2 });
  const close = () => Promise.all([log.close(), pool.end()]);
  return { parts: { log, pool, now: () => now }, close };
}

describe('agl forget --faded', () => {
  it('forgets what has faded beside a running engine, and says what it would', async () => {
    const engine = await openEngine(env.AGL_DATA_DIR);
    const studio = await openStudio(engine.url);
    const player = await remembering(studio);
    const none = await run(['forget', '--faded'], { env });
    assert.deepEqual(none, { ...none, code: 0, out: 'nothing has faded\n', err: '' });

    const { parts, close } = beside(new Date(Date.now() + 3 * 365 * 86_400_000));
    const told = await wouldForget(parts);
    assert.deepEqual([told.players, told.memories, told.occurrences], [1, 1, 1]);
    const [shown] = told.first!;
    assert.deepEqual([shown!.playerId, shown!.kind, shown!.days], [player, 'first', 1_095]);
    const lines = linesOf(told);
    assert.match(lines.at(-2)!, /first +player\.achievement, name Dragon Slayer +1 +1095 +0\.\d\d$/);
    assert.equal(lines.at(-1), '1 memories of 1 players, 1 occurrences: would be forgotten');
    assert.equal((await all(studio, `/players/${player}/memories`)).length, 1, 'nothing is forgotten');

    const done = await forgetNow(parts);
    assert.deepEqual(linesOf(done), ['1 memories of 1 players, 1 occurrences: forgotten']);
    const { position } = await ask<{ position: string }>(studio, '/events', {
      ...{ gameId: studio.gameId, playerId: player },
      events: [{ id: randomUUID(), type: 'player.idle', data: {} }],
    });
    assert.deepEqual(await all(studio, `/players/${player}/memories`, position), []);
    await close();
    await stopEngine(engine);
  });

  it('works without an engine, and begins nothing where there is nothing', async () => {
    const nowhere = { AGL_DATA_DIR: join(dir, 'nowhere') };
    const [alone, nothing] = await runInTurn(
      [['forget', '--faded', '--dry-run', '--json'], { args: ['forget', '--faded'], env: nowhere }],
      env,
    );
    assert.deepEqual([alone!.code, alone!.err], [0, '']);
    const none = { dryRun: true, players: 0, memories: 0, occurrences: 0, first: [] };
    assert.deepEqual(JSON.parse(alone!.out), none);
    assert.deepEqual([nothing!.code, nothing!.out], [1, '']);
    assert.match(nothing!.err, /^agl: forget: there are no read models in .*nowhere\n$/);
  });
});
