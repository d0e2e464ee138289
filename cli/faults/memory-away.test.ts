import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import {
  type EmbeddingsApi,
  startEmbeddingsApi,
} from '../../projections/embedding/testing/embeddings-api.js';
import {
  cleanUp,
  type Engine,
  freePort,
  openEngine,
  run,
  signal,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { openQdrant, type QdrantProcess } from './testing/qdrant.js';
import { daysAgo, lookUp, type Model, memoriesOf, statusOf, tell } from './testing/remembering.js';
import { slow } from './testing/slow.js';
import { openStudio, type Seated, type Studio, seat } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');
const admin = 'an admin key for this test';
const penta = (hero: string, days = 3): Parameters<typeof tell>[2] => [
  'player.multi_kill',
  daysAgo(days),
  { killCount: 5, hero },
];

describe('an engine whose index of memories is away', {
  skip: onLinux ? slow : 'it finds its processes in /proc',
}, () => {
  const root = temporaryFolder();
  const opened: { close(): unknown }[] = [];
  let engine: Engine | undefined;
  let studio: Studio;
  let player: Seated;
  let dir: string;
  let env: Record<string, string>;
  after(async () => {
    for (const one of opened) await one.close();
    await cleanUp(root);
  });
  afterEach(async () => {
    if (engine) await stopEngine(engine).catch(() => undefined);
    engine = undefined;
  });

  /** A house of its own; nobody has to be there yet. */
  const move = async (name: string, settings: Record<string, string>) => {
    dir = join(root, name);
    env = { AGL_ADMIN_KEY: admin, ...settings };
    await start();
    studio = await openStudio(engine!.url);
    player = await seat(studio, 'ann');
  };
  const start = async () => {
    engine = await openEngine(dir, { env });
    if (studio) studio = { ...studio, base: engine.url };
  };
  const status = (name = 'memory_vectors') => statusOf({ base: engine!.url, apiKey: admin }, name);
  const vectorsAre = (what: string, fits: (model: Model) => boolean) =>
    until(async () => fits(await status()), what, 120_000);
  const caughtUp = () =>
    vectorsAre('all has its vector', ({ state, lag }) => state === 'live' && lag.events === 0);
  const isInTrouble = (why: RegExp) =>
    vectorsAre(
      'it says its trouble',
      ({ state, trouble }) => state === 'retrying' && why.test(trouble ?? ''),
    );
  const embeddings = async (options = {}): Promise<EmbeddingsApi> => {
    const api = await startEmbeddingsApi({ dimension: 64, ...options });
    opened.push(api);
    return api;
  };
  const qdrant = async (): Promise<QdrantProcess> => {
    const server = await openQdrant(join(root, `journal-${opened.length}`));
    opened.push(server);
    return server;
  };
  /** It is listed, and found in words, whatever becomes of the index; the rest of the engine does not notice. */
  const remembers = async (hero: string) => {
    const position = await tell(studio, player.id, penta(hero));
    const texts = (await memoriesOf(studio, player.id, `after=${position}`)).map(({ text }) => text);
    assert.ok(texts.some((text) => text.includes(hero)));
    assert.ok((await lookUp(studio, player.id, `${hero} five-kill streak`))[0]!.text.includes(hero));
    assert.equal((await status('memories')).trouble, null);
  };
  const rebuilt = async () => {
    const { code, out, err } = await run(['rebuild', 'memories', '--json'], {
      env: { AGL_DATA_DIR: dir, ...env },
    });
    assert.equal(code, 0, err);
    const { rebuilt } = JSON.parse(out) as {
      rebuilt: { name: string; comparison: { equal: boolean } | null }[];
    };
    return rebuilt.map(({ name, comparison }) => [name, comparison?.equal]);
  };
  const theSame = [
    ['memories', true],
    ['memory_vectors', true],
  ];

  it('starts and serves before Qdrant does, and catches up', async () => {
    const server = await qdrant();
    const api = await embeddings();
    await move('qdrant-first', { QDRANT_URL: server.url, AGL_EMBEDDINGS_URL: api.url });
    await remembers('Jinx');
    await isInTrouble(/memory_vectors/);
    await server.start();
    await caughtUp();
    assert.equal((await server.points()).length, 1);
    assert.deepEqual(await rebuilt(), theSame);
  });

  it('plays on while Qdrant is killed, and has all of it once when it is back', async () => {
    const server = await qdrant();
    await server.start();
    await move('qdrant-killed', { QDRANT_URL: server.url, AGL_EMBEDDINGS_URL: (await embeddings()).url });
    await remembers('Jinx');
    await caughtUp();
    await server.kill();
    await remembers('Lux');
    await isInTrouble(/memory_vectors/);
    await remembers('Garen');
    await server.start();
    await caughtUp();
    const points = await server.points();
    assert.equal(points.length, 3);
    for (const hero of ['Jinx', 'Lux', 'Garen'])
      assert.equal(points.filter((point) => point.includes(hero)).length, 1, hero);
    assert.deepEqual(await rebuilt(), theSame);
    assert.deepEqual(await server.points(), points);
  });

  it('builds all of it anew when Qdrant comes back with nothing', async () => {
    const server = await qdrant();
    await server.start();
    await move('qdrant-empty', { QDRANT_URL: server.url, AGL_EMBEDDINGS_URL: (await embeddings()).url });
    await remembers('Jinx');
    await caughtUp();
    const before = await server.points();
    await server.kill();
    await server.start({ empty: true });
    await remembers('Lux');
    await until(async () => (await server.points()).length === 2, 'all its points are made again', 120_000);
    await caughtUp();
    const points = await server.points();
    assert.ok(before.every((point) => points.includes(point)));
    assert.deepEqual(await rebuilt(), theSame);
  });

  it('starts and serves before the embeddings server does, and catches up', async () => {
    const port = await freePort();
    await move('embeddings-first', { AGL_EMBEDDINGS_URL: `http://127.0.0.1:${port}` });
    await remembers('Jinx');
    await isInTrouble(/reached/);
    await embeddings({ port });
    await caughtUp();
    const [found] = await lookUp(studio, player.id, 'a five-kill streak as Jinx');
    assert.ok(found!.shares!.includes('meaning'));
  });

  it('goes on while the embeddings server hangs or talks nonsense, and recovers by itself', async () => {
    const api = await embeddings();
    await move('embeddings-bad', { AGL_EMBEDDINGS_URL: api.url });
    await remembers('Jinx');
    await caughtUp();
    api.always = { rows: (rows) => rows.map(({ index }) => ({ index, embedding: [1, 2, 3] })) };
    await remembers('Lux');
    await isInTrouble(/64/);
    api.always = { rows: (rows) => rows.map(({ index }) => ({ index, embedding: Array(64).fill(null) })) };
    await isInTrouble(/not of the form/);
    await remembers('Garen');
    api.always = { hang: true };
    const heard = api.asked.length;
    await until(() => api.asked.length > heard, 'it is asked again');
    await remembers('Ashe');
    api.always = null;
    await caughtUp();
    assert.deepEqual(await rebuilt(), theSame);
  });

  it('killed while a server hangs it starts again, and catches up', async () => {
    const api = await embeddings();
    await move('embeddings-killed', { AGL_EMBEDDINGS_URL: api.url });
    api.always = { hang: true };
    await remembers('Jinx');
    signal(engine!.pid, 'SIGKILL');
    await engine!.exited;
    await start();
    await remembers('Lux');
    assert.equal(await stopEngine(engine!), 0, 'nor does it keep the engine from ending');
    api.always = null;
    await start();
    await caughtUp();
    assert.deepEqual(await rebuilt(), theSame);
  });
});
