import assert from 'node:assert/strict';
import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import {
  cleanUp,
  type Engine,
  isAlive,
  lines,
  logNodeOf,
  postgresOf,
  run,
  seconds,
  signal,
  startEngine,
  stopEngine,
  temporaryFolder,
  treeOf,
  until,
} from './testing/processes.js';
import { all, ask, openStudio, type Studio, seat, webSocketOf } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

describe('an engine on its data folder', {
  skip: onLinux ? false : 'it finds its processes in /proc',
}, () => {
  const dir = temporaryFolder();
  after(() => cleanUp(dir));
  let engine: Engine;
  let studio: Studio;
  let player: { id: string; token: string };

  const told = () => ask<{ position: string }>(studio, '/events', { ...studio, playerId: player.id, events });
  const events = [{ id: crypto.randomUUID(), type: 'player.victory', data: { killCount: 15, mvp: true } }];

  it('is alone on it: a second one ends with one line that names the folder and the holder', async (t) => {
    engine = await startEngine(dir);
    t.diagnostic(`ready on an empty folder after ${seconds(engine.readyMs)}`);
    studio = await openStudio(engine.url);
    player = await seat(studio, 'ann');
    await told();
    const second = await run(['start'], { env: { AGL_DATA_DIR: dir } });
    assert.equal(second.code, 1);
    assert.equal(second.out, '');
    assert.deepEqual(lines(second.err), [`agl: the data folder ${dir} is in use by process ${engine.pid}`]);
    assert.equal((await fetch(`${engine.url}/health/ready`)).status, 200, 'the first one does not mind');
  });

  it('leaves nothing behind when it is killed, and a new one takes the folder over', async (t) => {
    const tree = treeOf(engine.pid);
    assert.ok(tree.includes(logNodeOf(engine)!) && tree.includes(postgresOf(engine)!));
    signal(engine.pid, 'SIGKILL');
    await engine.exited;
    // At once: it has to wait for what the killed one left.
    const next = startEngine(dir, { env: { AGL_DRAIN_MS: '3000' } });
    const ms = await until(() => !tree.some(isAlive), 'the children of the killed engine are gone');
    engine = await next;
    studio = { ...studio, base: engine.url };
    t.diagnostic(`no child left after ${seconds(ms)}, the next one ready after ${seconds(engine.readyMs)}`);
    const { position } = await told();
    assert.equal((await all(studio, `/players/${player.id}/timeline`, position)).length, 1);
  });

  it('told to stop, is not ready but serves, then closes sockets with 1012, leaves no process, and ends with 0', async (t) => {
    const socket = new WebSocket(webSocketOf(studio), {
      headers: { authorization: `Bearer ${player.token}` },
    });
    const welcomed = new Promise<void>((resolve) => {
      socket.on('message', (data) => `${data}`.includes('"welcome"') && resolve());
    });
    socket.on('open', () => socket.send('{"type":"hello","protocol":1}'));
    await welcomed;
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    const tree = treeOf(engine.pid);
    const since = performance.now();
    const stopped = stopEngine(engine);
    const ready = () => fetch(`${engine.url}/health/ready`).then(({ status }) => status);
    await until(async () => (await ready()) === 503, 'it says that it is not ready');
    await told();
    assert.equal(socket.readyState, socket.OPEN);
    assert.equal(await stopped, 0);
    t.diagnostic(`stopped after ${seconds(performance.now() - since)}`);
    assert.equal(await closed, 1012);
    assert.deepEqual(tree.filter(isAlive), []);
    assert.ok(!existsSync(join(dir, 'engine.json')) && !existsSync(join(dir, 'lock')));
    assert.doesNotMatch(engine.err(), /"level":"(error|fatal)"/, 'a stop is no error');
  });

  it('told to stop while it starts, ends with 0 and leaves no process', async () => {
    const starting = run(['start'], { env: { AGL_DATA_DIR: dir } });
    const mine = await new Promise<number>((resolve) => {
      const look = setInterval(() => {
        const found = treeOf(process.pid).find((pid) => treeOf(pid).length > 0);
        if (found === undefined) return;
        clearInterval(look);
        resolve(found);
      }, 20);
    });
    const tree = treeOf(mine);
    signal(mine, 'SIGTERM');
    assert.equal((await starting).code, 0);
    assert.deepEqual(tree.filter(isAlive), []);
  });

  it('finds all it had at the next start', async (t) => {
    engine = await startEngine(dir);
    t.diagnostic(`ready on a used folder after ${seconds(engine.readyMs)}`);
    studio = { ...studio, base: engine.url };
    assert.doesNotMatch(engine.out(), /admin key/, 'it is shown once');
    const { position } = await told();
    const timeline = await all<{ id: string }>(studio, `/players/${player.id}/timeline`, position);
    assert.deepEqual(
      timeline.map(({ id }) => id),
      events.map(({ id }) => id),
    );
    const acts = () => all(studio, `/players/${player.id}/actions`);
    await until(async () => (await acts()).length === 1, 'what its companion did is there');
    signal(engine.pid, 'SIGINT');
    const end = await Promise.race([engine.exited, sleep(60_000, null, { ref: false })]);
    assert.equal(end?.code, 0, 'an interrupt is a stop as well');
  });

  it('runs as an ordinary user', { skip: isRoot ? false : 'the other tests do' }, async (t) => {
    const own = join(dir, 'home');
    mkdirSync(own);
    chownSync(own, NOBODY, NOBODY);
    const engine = await startEngine(join(own, 'data'), { uid: NOBODY, env: { HOME: own } });
    t.diagnostic(`ready after ${seconds(engine.readyMs)}`);
    const studio = await openStudio(engine.url);
    await seat(studio, 'ann');
    const tree = treeOf(engine.pid);
    assert.equal(await stopEngine(engine), 0);
    assert.deepEqual(tree.filter(isAlive), []);
  });
});
