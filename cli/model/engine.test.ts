import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { versionOf } from '../../projections/emotion-model/model-file.js';
import { shippedFile } from '../../projections/emotion-model/models.js';
import {
  cleanUp,
  type Engine,
  openEngine,
  run,
  startEngine,
  stopEngine,
  temporaryFolder,
  until,
} from '../faults/testing/processes.js';
import { all, ask, openStudio, type Studio, seat } from '../faults/testing/studio.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));
const env = { AGL_DATA_DIR: join(dir, 'agl') };

type Felt = { eventId: string; source: string; model?: string };

/** Who says how much something stirs that no rule is sure of, when it happens now: a model by its name, or a rule. */
async function decider(studio: Studio, playerId: string): Promise<string> {
  const id = randomUUID();
  const events = [{ id, type: 'player.assist', data: {} }];
  const { position } = await ask<{ position: string }>(studio, '/events', {
    gameId: studio.gameId,
    playerId,
    events,
  });
  const felt = await all<Felt>(studio, `/players/${playerId}/emotions`, position);
  const { source, model } = felt.find(({ eventId }) => eventId === id)!;
  return model ?? source;
}

describe('what a game asks, while the engine runs', () => {
  let engine: Engine;
  let studio: Studio;
  let player: string;
  const use = async (version: string) => {
    const { code, out, err } = await run(['model', 'use', version, '--game', studio.gameId], { env });
    assert.deepEqual([code, err], [0, '']);
    return out;
  };
  const comesToBe = (who: string) =>
    until(async () => (await decider(studio, player)) === who, `it is felt by ${who}`);

  it('is another from its next event on, without a restart', async () => {
    engine = await openEngine(env.AGL_DATA_DIR);
    studio = await openStudio(engine.url);
    player = (await seat(studio, 'one')).id;
    const shipped = versionOf(JSON.parse(readFileSync(shippedFile, 'utf8')));
    assert.equal(await decider(studio, player), shipped, 'it is asked where nothing is said');
    assert.equal(await use('none'), `${studio.gameId} asks none from its next event on\n`);
    await comesToBe('rule');
    assert.equal(await use(shipped), `${studio.gameId} asks ${shipped} from its next event on\n`);
    await comesToBe(shipped);
  });

  it('of a model that came meanwhile, waits for a restart, and the verb and the engine say so', async () => {
    const file = { ...JSON.parse(readFileSync(shippedFile, 'utf8')), trainedWith: { data: 'elsewhere' } };
    mkdirSync(join(env.AGL_DATA_DIR, 'models'), { recursive: true });
    writeFileSync(join(env.AGL_DATA_DIR, 'models', 'own.json'), JSON.stringify(file));
    const version = versionOf(file);
    const [, restart] = (await use(version)).split('\n');
    assert.ok(restart!.startsWith(`the engine that runs here (process ${engine.pid}) has to be restarted`));
    await comesToBe('rule');
    assert.ok(`${engine.out()}${engine.err()}`.includes(`${version}, which is not here`));
    assert.equal(await stopEngine(engine), 0);
    engine = await startEngine(env.AGL_DATA_DIR);
    studio = { ...studio, base: engine.url };
    assert.equal(await decider(studio, player), version);
    assert.ok(!`${engine.out()}${engine.err()}`.includes('which is not here'));
    assert.equal(await stopEngine(engine), 0);
  });
});
