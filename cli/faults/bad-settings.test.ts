import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { putCluster } from '../../projections/testing/cluster.js';
import { fill, noDisks, withDisk } from '../../projections/testing/small-disk.js';
import { runInTurn, type Said } from './testing/in-turn.js';
import {
  cleanUp,
  lines,
  run,
  seconds,
  startEngine,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { slow } from './testing/slow.js';
import { all, openStudio, seat } from './testing/studio.js';
import { play } from './testing/traffic.js';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

const dir = temporaryFolder();
const fresh = () => join(dir, `data-${crypto.randomUUID().slice(0, 8)}`);
after(() => cleanUp(dir));

/** With a cluster in its folder: making one comes before what is looked at here. */
async function start(env: Record<string, string>) {
  const data = fresh();
  await putCluster(join(data, 'postgres'));
  return run(['start'], { env: { AGL_DATA_DIR: data, ...env } });
}

/** It ended with that code and one line that says so; nothing else on either output. */
function endedWith({ code: ended, out, err }: Said, code: number, line: RegExp): void {
  assert.equal(ended, code, err);
  assert.equal(out.replace(/^admin key .*\n/, ''), '');
  assert.equal(lines(err).length, 1, err);
  assert.match(err, line);
}

describe('a setting that is wrong', () => {
  it('ends the start with exit code 2 and its one line', async () => {
    endedWith(
      await run(['start'], { env: { AGL_DATA_DIR: fresh(), PORT: 'abc' } }),
      2,
      /^agl: PORT: must be a whole number from 0 to 65535$/m,
    );
  });
});

describe('a part that cannot be reached at the start', { concurrency: 2 }, () => {
  let silent: Server;
  let port: number;
  before(async () => {
    // Takes connections and never says a word.
    silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    port = (silent.address() as { port: number }).port;
  });
  after(() => silent.close());

  it('a port in use is named', async () =>
    endedWith(await start({ PORT: String(port) }), 1, /^agl: PORT: \d+ on 127\.0\.0\.1 is in use$/m));

  it('what is at an address where nobody listens is named, and so is a folder below a file', async () => {
    writeFileSync(join(dir, 'file'), '');
    const below = join(dir, 'file', 'data');
    const wrong: Record<string, string>[] = [
      { EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false' },
      { DATABASE_URL: 'postgres://agl:secret@127.0.0.1:1/agl' },
      { AGL_DATA_DIR: below },
    ];
    const ran = await runInTurn(
      wrong.map((env) => ({ args: ['start'], env: { AGL_DATA_DIR: fresh(), ...env } })),
      {},
    );
    endedWith(ran[0]!, 1, /^agl: EVENTSTORE_URL: .*ECONNREFUSED/m);
    endedWith(ran[1]!, 1, /^agl: DATABASE_URL: .*ECONNREFUSED/m);
    assert.doesNotMatch(ran[1]!.err, /secret/);
    endedWith(ran[2]!, 1, new RegExp(`^agl: AGL_DATA_DIR: ${below} cannot be made`));
  });

  it('where somebody listens and says nothing, it gives up in words', async (t) => {
    const [log, database] = await Promise.all([
      start({ EVENTSTORE_URL: `esdb://127.0.0.1:${port}?tls=false` }),
      start({ DATABASE_URL: `postgres://agl:secret@127.0.0.1:${port}/agl` }),
    ]);
    endedWith(log, 1, /^agl: EVENTSTORE_URL: the event store cannot be reached: no answer within 10 s$/m);
    endedWith(database, 1, /^agl: DATABASE_URL: the database cannot be migrated: timeout expired$/m);
    t.diagnostic(`after ${seconds(log.ms)} and ${seconds(database.ms)}`);
  });
});

describe('a data folder that cannot be used', { concurrency: 2 }, () => {
  it('of somebody else is named', { skip: isRoot ? false : 'only root can be somebody else' }, async () => {
    const theirs = fresh();
    mkdirSync(theirs, { mode: 0o755 });
    const ran = await run(['start'], { env: { AGL_DATA_DIR: theirs }, uid: NOBODY });
    endedWith(ran, 1, new RegExp(`^agl: ${theirs} cannot be written$`, 'm'));
  });

  const mounted = (mount: string) => ['unshare', '-m', 'sh', '-c', `${mount}; exec "$@"`, '-'];
  const skip = noDisks;

  it('on a read-only disk is named', { skip }, async () => {
    const data = fresh();
    mkdirSync(data);
    const wrap = mounted(`mount -t tmpfs -o ro tmpfs ${data}`);
    const ran = await run(['start'], { env: { AGL_DATA_DIR: data }, wrap });
    endedWith(ran, 1, new RegExp(`^agl: ${data} cannot be written$`, 'm'));
  });

  // The second has room for a part of what is made.
  for (const [size, seldom] of [
    ['4k', false],
    ['30m', slow],
  ] as const) {
    it(`on a full disk (${size}) is named`, { skip: skip || seldom }, async () => {
      const data = fresh();
      mkdirSync(data);
      const wrap = mounted(
        `mount -t tmpfs -o size=${size} tmpfs ${data}; head -c 4k /dev/zero > ${data}/some`,
      );
      const ran = await run(['start'], { env: { AGL_DATA_DIR: data }, wrap });
      assert.equal(ran.code, 1, ran.err);
      endedWith(ran, 1, new RegExp(`${data}.*(full|No space left)`));
    });
  }

  it('that fills up while the engine runs: says it, acks nothing, and goes on when there is space', {
    skip,
  }, async (t) => {
    const data = fresh();
    mkdirSync(data);
    const wrap = withDisk('200m', data);
    const engine = await startEngine(data, { wrap });
    const studio = await openStudio(engine.url);
    const traffic = play(studio, await seat(studio, 'ann'));
    t.after(() => traffic.close());
    await until(() => traffic.acked.size > 50, 'events are acked');
    // The engine's own view of its disk.
    const filler = `/proc/${engine.pid}/root${data}/filler`;
    fill(filler);
    await until(() => /is full/.test(engine.err()), 'the engine says that its disk is full');
    const acked = traffic.acked.size;
    await sleep(1_500);
    assert.equal(traffic.acked.size, acked, 'nothing is acked on a full disk');
    rmSync(filler);
    const ms = await until(() => traffic.acked.size > acked + 20, 'events are acked again');
    await traffic.finish();
    const { sent, refused, player } = traffic;
    assert.deepEqual(refused, []);
    const timeline = () => all<{ id: string }>(studio, `/players/${player.id}/timeline`).catch(() => []);
    await until(async () => (await timeline()).length >= sent.events.length, 'the read models caught up');
    assert.deepEqual((await timeline()).map(({ id }) => id).sort(), [...sent.events].sort());
    const said = lines(engine.err()).filter((line) => line.includes('is full'));
    t.diagnostic(`acked again ${seconds(ms)} after there was space`);
    assert.ok(said.length <= 2, `it is said when it happens, not again and again:\n${said.join('\n')}`);
    assert.doesNotMatch(engine.err(), /^\{.*"msg":" +at /m, 'no stack');
    assert.equal(await stopEngine(engine), 0);
  });
});
