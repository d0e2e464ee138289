import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type EmbeddingsApi,
  startEmbeddingsApi,
} from '../../projections/embedding/testing/embeddings-api.js';
import {
  cleanUp,
  type Engine,
  openEngine,
  run,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { openQdrant, type QdrantProcess } from './testing/qdrant.js';
import { daysAgo, lookUp, memoriesOf, statusOf, type Told, tell } from './testing/remembering.js';
import { slow } from './testing/slow.js';
import { openStudio, type Seated, type Studio, seat } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');
const admin = 'an admin key for this test';
const heroes = ['Jinx', 'Lux', 'Garen', 'Ashe'];
const penta = (hero: string): Told => ['player.multi_kill', daysAgo(3), { killCount: 5, hero }];

describe('another model of embeddings', {
  skip: onLinux ? slow : 'it finds its processes in /proc',
}, () => {
  const dir = temporaryFolder();
  let api: EmbeddingsApi;
  let server: QdrantProcess;
  let engine: Engine;
  let studio: Studio;
  let player: Seated;
  let before_: string[];

  const start = async (model: string) => {
    engine = await openEngine(dir, { env: { ...env(), AGL_EMBEDDINGS_MODEL: model } });
    studio = studio ? { ...studio, base: engine.url } : await openStudio(engine.url);
  };
  const env = () => ({
    ...{ AGL_DATA_DIR: dir, AGL_ADMIN_KEY: admin },
    ...{ QDRANT_URL: server.url, AGL_EMBEDDINGS_URL: api.url },
  });
  const status = () => statusOf({ base: engine.url, apiKey: admin }, 'memory_vectors');
  const caughtUp = () =>
    until(async () => {
      const { state, lag } = await status();
      return state === 'live' && lag.events === 0;
    }, 'all has its vector');
  const byMeaning = async () => {
    const [found] = await lookUp(studio, player.id, 'a five-kill streak as Jinx');
    assert.ok(found!.text.includes('Jinx'), 'it is found in any case');
    return found!.shares!.includes('meaning');
  };

  before(async () => {
    api = await startEmbeddingsApi({ dimensions: { small: 64, large: 256 } });
    server = await openQdrant(join(dir, 'journal'));
    await server.start();
  });
  after(async () => {
    if (engine) await stopEngine(engine).catch(() => undefined);
    await server.close();
    await api.close();
    await cleanUp(dir);
  });

  it('begins with one', async () => {
    await start('small');
    player = await seat(studio, 'ann');
    const position = await tell(studio, player.id, ...heroes.map(penta));
    await memoriesOf(studio, player.id, `after=${position}`);
    await caughtUp();
    assert.ok(await byMeaning());
    before_ = await server.points();
    assert.equal((await server.collections()).length, 1);
  });

  it('is built beside the old one, which stays as it is while questions are answered', async () => {
    assert.equal(await stopEngine(engine), 0);
    // Nobody is in a hurry: what is asked meanwhile has to be answered for so long.
    api.always = { status: 503 };
    await start('large');
    await until(async () => (await status()).state === 'building', 'it is being built');
    await byMeaning();
    assert.deepEqual(await server.points(), before_, 'what is read is as it was');
    const position = await tell(studio, player.id, penta('Vi'));
    const listed = await memoriesOf(studio, player.id, `after=${position}`);
    assert.ok(listed.some(({ text }) => text.includes('Vi')));
    api.always = null;
    await until(byMeaning, 'questions are put to the new one');
    await caughtUp();
    assert.equal((await server.points()).length, heroes.length + 1);
    assert.ok(api.asked.some(({ body }) => body.model === 'large'));
  });

  it('keeps the old one until it is dropped', async () => {
    assert.equal((await server.collections()).length, 2);
    const { code, err } = await run(['rebuild', 'memories', '--drop-old'], {
      env: { ...env(), AGL_EMBEDDINGS_MODEL: 'large' },
    });
    assert.equal(code, 0, err);
    assert.equal((await server.collections()).length, 1);
    assert.ok(await byMeaning());
  });
});
