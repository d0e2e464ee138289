import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { cleanUp, lines, type Ran, run, seconds, startEngine, temporaryFolder } from './testing/processes.js';

const isRoot = process.getuid?.() === 0;
const mayMount = isRoot && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
const NOBODY = 65_534;

const dir = temporaryFolder();
const fresh = () => join(dir, `data-${crypto.randomUUID().slice(0, 8)}`);
after(() => cleanUp(dir));

const start = (env: Record<string, string>) => run(['start'], { env: { AGL_DATA_DIR: fresh(), ...env } });

/** It ended with that code and one line that says so; nothing else on either output. */
function endedWith(ran: Ran, code: number, line: RegExp): void {
  const { out, err } = ran;
  assert.equal(ran.code, code, err);
  assert.equal(out.replace(/^admin key .*\n/, ''), '');
  assert.equal(lines(err).length, 1, err);
  assert.match(err, line);
}

describe('a setting that is wrong', () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ PORT: 'abc' }, /^agl: PORT: must be a whole number from 0 to 65535$/m],
    [{ PORT: '70000' }, /^agl: PORT: must be a whole number from 0 to 65535$/m],
    [{ AGL_MASTER_KEY: 'c2hvcnQ=' }, /^agl: AGL_MASTER_KEY: must be 32 bytes in base64$/m],
    [{ EVENTSTORE_URL: 'http://x' }, /^agl: EVENTSTORE_URL: must be an address that begins with esdb:\/\//m],
    [{ DATABASE_URL: 'mysql://x' }, /^agl: DATABASE_URL: must be an address that begins with postgres:\/\//m],
    [{ AGL_ROLES: 'gateway,cook' }, /^agl: AGL_ROLES: /m],
    [{ AGL_ADMIN_KEY: 'short' }, /^agl: AGL_ADMIN_KEY: must have at least 16 characters$/m],
  ];
  for (const [env, line] of cases) {
    const [name, value] = Object.entries(env)[0]!;
    it(`${name}=${value} is named, with exit code 2`, async () => endedWith(await start(env), 2, line));
  }

  it('EVENTSTORE_URL without a host is named', async () =>
    endedWith(await start({ EVENTSTORE_URL: 'esdb://' }), 2, /^agl: EVENTSTORE_URL: /));
});

describe('a part that cannot be reached at the start', () => {
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

  for (const [name, value] of [
    ['EVENTSTORE_URL', 'esdb://127.0.0.1:1?tls=false'],
    ['DATABASE_URL', 'postgres://agl:secret@127.0.0.1:1/agl'],
  ] as const) {
    it(`${name} where nobody listens is named`, async () => {
      const ran = await start({ [name]: value });
      endedWith(ran, 1, new RegExp(`^agl: ${name}: .*ECONNREFUSED`, 'm'));
      assert.doesNotMatch(ran.err, /secret/);
    });
  }

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

describe('a data folder that cannot be used', () => {
  it('below a file is named', async () => {
    writeFileSync(join(dir, 'file'), '');
    const below = join(dir, 'file', 'data');
    endedWith(await start({ AGL_DATA_DIR: below }), 1, new RegExp(`^agl: AGL_DATA_DIR: ${below} cannot be made`));
  });

  it('of somebody else is named', { skip: isRoot ? false : 'only root can be somebody else' }, async () => {
    const theirs = fresh();
    mkdirSync(theirs, { mode: 0o755 });
    const ran = await run(['start'], { env: { AGL_DATA_DIR: theirs }, uid: NOBODY });
    endedWith(ran, 1, new RegExp(`^agl: ${theirs} cannot be written$`, 'm'));
  });

  const mounted = (mount: string) => ['unshare', '-m', 'sh', '-c', `${mount}; exec "$@"`, '-'];
  const skip = mayMount ? false : 'it may not mount here';

  it('on a read-only disk is named', { skip }, async () => {
    const data = fresh();
    mkdirSync(data);
    const wrap = mounted(`mount -t tmpfs -o ro tmpfs ${data}`);
    const ran = await run(['start'], { env: { AGL_DATA_DIR: data }, wrap });
    endedWith(ran, 1, new RegExp(`^agl: ${data} cannot be written$`, 'm'));
  });

  for (const size of ['4k', '64k', '1m', '30m']) {
    it(`on a full disk (${size}) is named`, { skip }, async () => {
      const data = fresh();
      mkdirSync(data);
      const wrap = mounted(`mount -t tmpfs -o size=${size} tmpfs ${data}; head -c 4k /dev/zero > ${data}/some`);
      const ran = await run(['start'], { env: { AGL_DATA_DIR: data }, wrap });
      assert.equal(ran.code, 1, ran.err);
      endedWith(ran, 1, new RegExp(`${data}.*(full|No space left)`));
    });
  }

  it('that fills up while the engine runs: nothing is acked, and it goes on with the space', { skip }, async () => {
    assert.ok(startEngine);
  });
});
