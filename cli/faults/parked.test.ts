import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { connectLog } from '../../eventstore/log.eventstore.js';
import { anEvent } from '../../eventstore/testing/events.js';
import { putCluster } from '../../projections/testing/cluster.js';
import { runInTurn } from './testing/in-turn.js';
import { cleanUp, run, startEngine, stopEngine, temporaryFolder, until } from './testing/processes.js';
import { ask, openStudio, seat } from './testing/studio.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));

type Parked = { total: number; items: { id: string; stream: string; reason: string }[] };
type Reactors = { reactors: { name: string; parked: number; instances: number }[] };

describe('an event that no companion can react to', () => {
  const env = { AGL_DATA_DIR: join(dir, 'parked') };
  const parked = async (...args: string[]) => {
    const { code, out, err } = await run(['parked', '--json', ...args], { env });
    assert.equal(code, 0, err);
    return JSON.parse(out) as Parked & { replayed: number };
  };

  it('is parked, shown with its reason, and given again when asked, also without an engine', async () => {
    await putCluster(join(env.AGL_DATA_DIR, 'postgres'));
    const engine = await startEngine(env.AGL_DATA_DIR);
    const studio = await openStudio(engine.url);
    const { id: player } = await seat(studio, 'one');
    const { eventstore } = JSON.parse(readFileSync(join(env.AGL_DATA_DIR, 'engine.json'), 'utf8')) as {
      eventstore: string;
    };
    const log = connectLog({ url: eventstore });
    const broken = { ...anEvent({ at: 1 }), type: 'GameEventRecorded' };
    await log.append(`player-${player}`, [broken], 'any');
    await log.close();
    const reactor = async () => (await ask<Reactors>(studio, '/projections')).reactors[0]!;
    await until(async () => (await reactor()).parked === 1, 'it is parked');
    const { total, items } = await parked();
    assert.equal(total, 1);
    assert.equal(items[0]!.id, broken.id);
    assert.equal(items[0]!.stream, `player-${player}`);
    assert.match(items[0]!.reason, /GameEventRecorded/);
    assert.deepEqual(await parked('--replay'), { replayed: 1 });
    await until(async () => (await parked()).total === 1, 'nothing was mended, so it is parked again');
    assert.equal((await reactor()).instances, 1);
    assert.equal(await stopEngine(engine), 0);
    const [told, shown] = await runInTurn([['parked', '--json'], ['parked']], env);
    assert.equal((JSON.parse(told!.out) as Parked).items[0]!.id, broken.id);
    assert.match(shown!.out, /GameEventRecorded .*player-[\s\S]*1 of 1/);
  });
});
