import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { connectLog } from '../../eventstore/log.eventstore.js';
import { anEvent } from '../../eventstore/testing/events.js';
import { runInTurn } from './testing/in-turn.js';
import { cleanUp, openEngine, run, stopEngine, temporaryFolder, until } from './testing/processes.js';
import { ask, openStudio, seat } from './testing/studio.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));

type Parked = { total: number; items: { group: string; id: string; stream: string; reason: string }[] };
type Reactors = { reactors: { name: string; parked: number; instances: number }[] };

describe('an event that nobody can react to', () => {
  const env = { AGL_DATA_DIR: join(dir, 'parked') };
  const parked = async (...args: string[]) => {
    const { code, out, err } = await run(['parked', '--json', ...args], { env });
    assert.equal(code, 0, err);
    return JSON.parse(out) as Parked & { replayed: number; groups: Record<string, number> };
  };

  it('is parked, shown with its reason, and given again when asked, also without an engine', async () => {
    const engine = await openEngine(env.AGL_DATA_DIR);
    const studio = await openStudio(engine.url);
    const { id: player } = await seat(studio, 'one');
    const { eventstore } = JSON.parse(readFileSync(join(env.AGL_DATA_DIR, 'engine.json'), 'utf8')) as {
      eventstore: string;
    };
    const log = connectLog({ url: eventstore });
    const broken = { ...anEvent({ at: 1 }), type: 'GameEventRecorded' };
    await log.append(`player-${player}`, [broken], 'any');
    // No player's stream: the voices alone are given it.
    const unsaid = { ...anEvent({ asks: true }), type: 'CompanionActed' };
    await log.append('stray-1', [unsaid], 'any');
    await log.close();
    const reactors = async () => (await ask<Reactors>(studio, '/projections')).reactors;
    const counts = async () => (await reactors()).map((one) => `${one.name} ${one.parked}`).join(', ');
    await until(
      async () => (await counts()) === 'companions 1, voices 1, forgetting 0, mails 0',
      'both are parked',
    );
    const { total, items } = await parked();
    assert.equal(total, 2);
    const shownIn = items.map(({ group, id }) => [group, id]);
    assert.deepEqual(shownIn, [
      ['companions', broken.id],
      ['voices', unsaid.id],
    ]);
    assert.deepEqual((await parked('--group', 'voices')).items, [items[1]]);
    assert.equal(items[0]!.stream, `player-${player}`);
    assert.match(items[0]!.reason, /GameEventRecorded/);
    assert.deepEqual(await parked('--replay', '--group', 'voices'), { replayed: 1, groups: { voices: 1 } });
    await until(async () => (await parked()).total === 2, 'nothing was mended, so it is parked again');
    assert.deepEqual(await parked('--replay'), {
      replayed: 2,
      groups: { companions: 1, voices: 1, forgetting: 0, mails: 0 },
    });
    await until(async () => (await parked()).total === 2, 'nothing was mended, so both are parked again');
    assert.deepEqual(
      (await reactors()).map(({ instances }) => instances),
      [1, 1, 1, 1],
    );
    assert.equal(await stopEngine(engine), 0);
    const [told, shown] = await runInTurn([['parked', '--json'], ['parked']], env);
    assert.equal((JSON.parse(told!.out) as Parked).items[0]!.id, broken.id);
    assert.match(
      shown!.out,
      /companions .*GameEventRecorded .*player-[\s\S]*voices .*CompanionActed .*stray-1[\s\S]*2 of 2/,
    );
  });
});
