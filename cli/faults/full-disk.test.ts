import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { noDisks, type SmallDisk, smallDisk } from '../../projections/testing/small-disk.js';
import {
  cleanUp,
  type Engine,
  lines,
  run,
  startEngine,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { slow } from './testing/slow.js';
import { all, ask, openStudio, type Studio, seat } from './testing/studio.js';
import { play, type Traffic } from './testing/traffic.js';

type Status = { name: string; state: string; trouble: string | null; rebuild: unknown };
type Rebuilt = { name: string; comparison: { equal: boolean } | null };

describe('an engine whose database has no room', { skip: noDisks || slow }, () => {
  const dir = temporaryFolder();
  const env: Record<string, string> = {
    AGL_DATA_DIR: join(dir, 'agl'),
    AGL_ADMIN_KEY: 'an admin key for this test',
  };
  let disk: SmallDisk;
  let engine: Engine;
  let studio: Studio;
  let traffic: Traffic;
  /** Whether the engine itself has taken on a rebuild of sessions. */
  let asked = false;
  const isBuilt = (name: string, rebuild: unknown) => asked && name === 'sessions' && rebuild !== null;
  const operator = () => ({ base: engine.url, apiKey: env.AGL_ADMIN_KEY! });
  const status = async () => (await ask<{ items: Status[] }>(operator(), '/projections')).items;
  const isWell = async () => (await status()).every(({ trouble }) => trouble === null);
  const timeline = () => all<{ id: string }>(studio, `/players/${traffic.player.id}/timeline`);
  const told = (words: RegExp) => lines(engine.err()).filter((line) => words.test(line));

  before(async () => {
    disk = await smallDisk('48m');
    env.DATABASE_URL = disk.url;
    engine = await startEngine(env.AGL_DATA_DIR!, { env });
    studio = await openStudio(engine.url);
    traffic = play(studio, await seat(studio, 'ann'));
    await until(async () => (await timeline().catch(() => [])).length > 50, 'events are read');
  });
  after(async () => {
    await traffic?.close();
    await cleanUp(dir);
    await disk?.stop();
  });

  it('takes events and answers as before, and says why nothing new is read', async () => {
    disk.fill();
    await until(
      async () => (await status()).some(({ state, trouble }) => state === 'retrying' && trouble !== null),
      'it says why',
    );
    const acked = traffic.acked.size;
    const read = (await timeline()).length;
    assert.ok(read > 50);
    await until(() => traffic.acked.size > acked + 100, 'events are acked');
    assert.ok((await timeline()).length < traffic.acked.size);
    const why = (await status()).flatMap(({ trouble }) => trouble ?? []);
    for (const trouble of why)
      assert.match(trouble, /No space left|^the store of memory_vectors: the database has no room$/);
    assert.doesNotMatch(engine.err(), /"level":"error"/);
  });

  it('refuses a rebuild in one line, or lets it wait, saying so once', async () => {
    const { code, out, err } = await run(['rebuild', '--all'], { env });
    assert.deepEqual([code, out, lines(err).length], [1, '', 1], err);
    assert.match(err, /^agl: rebuild: the database has no room: .*No space left on device; .* goes on/);
    disk.makeRoom();
    await until(isWell, 'it goes on');
    disk.fill();
    asked = await ask(operator(), '/projections/sessions/rebuild', {}).then(
      () => true,
      (error: Error) => {
        assert.match(error.message, /503 .*the database has no room/);
        return false;
      },
    );
    // Long enough for several tries.
    await sleep(5_000);
    assert.ok(told(/a rebuild waits/).length <= 1, engine.err());
  });

  it('goes on by itself when there is room: nothing is missing, nothing is there twice', async () => {
    disk.makeRoom();
    await traffic.finish();
    await until(
      async () =>
        (await status()).every(({ state, name, rebuild }) => state === 'live' && !isBuilt(name, rebuild)),
      'all is read',
    );
    assert.deepEqual((await timeline()).map(({ id }) => id).sort(), [...traffic.sent.events].sort());
    const { code, out, err } = await run(['rebuild', '--all', '--json'], { env });
    assert.equal(code, 0, err);
    for (const { name, comparison } of (JSON.parse(out) as { rebuilt: Rebuilt[] }).rebuilt)
      assert.equal(comparison?.equal, true, name);
    assert.deepEqual(told(/"level":"(error|fatal)"/), []);
    assert.equal(await stopEngine(engine), 0);
  });
});
