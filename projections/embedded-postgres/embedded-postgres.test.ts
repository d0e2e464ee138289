import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, readlink, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { ask, ended, folder, helper, until, urlOf } from '../testing/processes.js';
import { completeLinks } from './binaries.js';
import { describeProcess, postmasterPid } from './postmaster.js';
import { startEmbeddedPostgres } from './start.js';

const isRoot = process.getuid?.() === 0;

/** A folder whose cluster was made before: a start on it is warm. */
async function usedFolder(): Promise<string> {
  const dir = await folder();
  await cp(await template, dir, { recursive: true });
  await chmod(join(dir, 'data'), 0o700);
  return dir;
}

let template: Promise<string>;
before(() => {
  template = (async () => {
    const dir = await folder();
    await (await startEmbeddedPostgres({ dir })).stop();
    return dir;
  })();
});

describe('the embedded Postgres', () => {
  test('starts cold and warm, keeps data, listens on 127.0.0.1 only, lets nobody in without the password', async () => {
    const dir = await folder();
    const cold = await startEmbeddedPostgres({ dir });
    await ask(cold.url, 'create table kept as select 42 as answer');
    const [settings] = await ask(
      cold.url,
      `select current_setting('listen_addresses') as listen, current_setting('server_encoding') as encoding,
        current_setting('unix_socket_directories') as sockets, current_setting('fsync') as fsync,
        (select datlocprovider::text || datlocale from pg_database where datname = 'postgres') as locale`,
    );
    assert.deepEqual(settings, {
      listen: '127.0.0.1',
      encoding: 'UTF8',
      sockets: '',
      fsync: 'on',
      locale: 'bC.UTF-8',
    });
    await assert.rejects(ask(cold.url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1'), /password/);
    assert.equal((await stat(join(dir, 'password'))).mode & 0o777, 0o600);
    await cold.stop();
    assert.equal(await postmasterPid(join(dir, 'data')), null);

    const warm = await startEmbeddedPostgres({ dir });
    assert.deepEqual(await ask(warm.url, 'select * from kept'), [{ answer: 42 }]);
    await warm.stop();
    assert.deepEqual((await readdir(dir)).sort(), ['data', 'password']);
  });

  test('a server that is killed comes back on the same port with what was committed', async () => {
    const dir = await usedFolder();
    const server = await startEmbeddedPostgres({ dir });
    await ask(server.url, 'create table kept as select 1 as answer');
    const pid = (await postmasterPid(join(dir, 'data')))!;
    process.kill(pid, 'SIGKILL');
    const rows = await until('the server is back', async () => {
      const now = await postmasterPid(join(dir, 'data'));
      return now !== null && now !== pid && (await ask(server.url, 'select * from kept'));
    });
    assert.deepEqual(rows, [{ answer: 1 }]);
    await server.stop();
  });

  test('a watchdog that is killed is replaced, and so is the server it leaves behind', async () => {
    const dir = await usedFolder();
    const server = await startEmbeddedPostgres({ dir });
    const pid = (await postmasterPid(join(dir, 'data')))!;
    process.kill((await describeProcess(pid))!.parent, 'SIGKILL');
    await ended(pid);
    await until('the server is back', () => ask(server.url, 'select 1'));
    await server.stop();
  });

  test('after kill -9 of the engine the server stops by itself and the next start has the data', async () => {
    const dir = await usedFolder();
    const first = await helper(dir);
    await ask(urlOf(first), 'create table kept as select 7 as answer');
    const pid = (await postmasterPid(join(dir, 'data')))!;
    first.process.kill('SIGKILL');
    const second = await startEmbeddedPostgres({ dir });
    assert.deepEqual(await ask(second.url, 'select * from kept'), [{ answer: 7 }]);
    await ended(pid);
    await second.stop();
  });

  test('after kill -9 of engine and watchdog the next start stops the orphan', async () => {
    const dir = await usedFolder();
    const first = await helper(dir);
    const pid = (await postmasterPid(join(dir, 'data')))!;
    const watchdog = (await describeProcess(pid))!.parent;
    first.process.kill('SIGKILL');
    process.kill(watchdog, 'SIGKILL');
    const second = await startEmbeddedPostgres({ dir });
    assert.equal(await describeProcess(pid), null);
    await ask(second.url, 'select 1');
    await second.stop();
  });

  test('a stranger that was given the dead server’s pid is left alone', async () => {
    const dir = await usedFolder();
    const first = await startEmbeddedPostgres({ dir });
    await first.stop();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await until('the stranger runs', () => describeProcess(stranger.pid!));
    const file = join(dir, 'data', 'postmaster.pid');
    await writeFile(
      file,
      `${stranger.pid}\n${join(dir, 'data')}\n1700000000\n5432\n\n127.0.0.1\n  1  2\nready   \n`,
    );
    const made = await stat(join(dir, 'data'));
    if (isRoot) await chown(file, made.uid, made.gid);
    const second = await startEmbeddedPostgres({ dir });
    await ask(second.url, 'select 1');
    assert.ok(await describeProcess(stranger.pid!));
    await second.stop();
    assert.ok(await describeProcess(stranger.pid!));
    stranger.kill();
  });

  test('a second engine on the folder is refused in one line, and the first goes on', async () => {
    const dir = await usedFolder();
    const first = await startEmbeddedPostgres({ dir });
    await assert.rejects(startEmbeddedPostgres({ dir }), (error: Error) => {
      assert.match(error.message, /is in use by another engine \(its server is process \d+\)/);
      assert.ok(!error.message.includes('\n'));
      return true;
    });
    await ask(first.url, 'select 1');
    await first.stop();
  });

  test('an initdb that was killed half-way is begun anew', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'data.new-999999999'));
    await writeFile(join(dir, 'data.new-999999999', 'PG_VERSION'), '18\n');
    const server = await startEmbeddedPostgres({ dir });
    await ask(server.url, 'select 1');
    assert.deepEqual((await readdir(dir)).sort(), ['data', 'password']);
    await server.stop();
  });

  test('bad folders are one clear line', async () => {
    const dir = await folder();
    await writeFile(join(dir, 'file'), '');
    const oneLine = (pattern: RegExp) => (error: Error) =>
      pattern.test(error.message) && !error.message.includes('\n');
    await assert.rejects(
      startEmbeddedPostgres({ dir: join(dir, 'file') }),
      oneLine(/cannot start in .*file: E/),
    );
    await mkdir(join(dir, 'old', 'data'), { recursive: true });
    await writeFile(join(dir, 'old', 'data', 'PG_VERSION'), '15\n');
    await assert.rejects(startEmbeddedPostgres({ dir: join(dir, 'old') }), oneLine(/has version 15/));
  });

  test('libraries that an install without scripts left out are linked', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'native', 'lib'), { recursive: true });
    await writeFile(join(dir, 'native', 'lib', 'libx.so.1.2'), 'x');
    const links = ['libx.so', 'libx.so.1'].map((name) => ({
      source: 'native/lib/libx.so.1.2',
      target: `native/lib/${name}`,
    }));
    await writeFile(join(dir, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await completeLinks(dir);
    await completeLinks(dir);
    assert.equal(await readlink(join(dir, 'native', 'lib', 'libx.so.1')), 'libx.so.1.2');
    assert.equal(await readlink(join(dir, 'native', 'lib', 'libx.so')), 'libx.so.1.2');
  });
});
