import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { selfSigned } from '../eventstore/embedded/face/testing-certificate.js';
import { logOptions } from './log.js';
import { readSettings } from './settings.js';

const main = fileURLToPath(new URL('../main.js', import.meta.url));

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'agl-log-verb-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** `agl log` as a process of its own; `ready` is its first line. */
function run(t: TestContext, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, 'log', ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  t.after(() => child.kill('SIGKILL'));
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  const ended = new Promise<{ code: number | null; err: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, err }));
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(`${data}`));
    void ended.then(({ code }) => reject(new Error(`ended with ${code}: ${err}`)));
  });
  ready.catch(() => {});
  return { child, ready, ended };
}

const event = () => jsonEvent({ type: 'Tested', data: { n: 1 } });

test('the log runs alone, ends at a signal, and has kept what it was given', async (t) => {
  const AGL_DATA_DIR = folder(t);
  for (const [times, signal] of [
    [1, 'SIGTERM'],
    [2, 'SIGINT'],
  ] as const) {
    const { child, ready, ended } = run(t, ['--port', '0'], { AGL_DATA_DIR });
    const [, url, port] = /^ready (esdb:\/\/127\.0\.0\.1:(\d+)\?tls=false)\n$/.exec(await ready)!;
    const client = EventStoreDBClient.connectionString(url!);
    await client.appendToStream('s', event());
    let count = 0;
    for await (const _ of client.readStream('s')) count++;
    assert.equal(count, times);
    const alive = await new Promise((resolve) => {
      get(`http://127.0.0.1:${port}/health/live`, (response) => resolve(response.statusCode));
    });
    assert.equal(alive, 204);
    await client.dispose();
    child.kill(signal);
    assert.deepEqual(await ended, { code: 0, err: '' });
  }
});

test('with a certificate it asks for the password that was given, and warns of none', async (t) => {
  const dir = folder(t);
  const { cert, key } = await selfSigned();
  const [certFile, keyFile] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key);
  const args = ['--port', '0', '--json', '--tls-cert', certFile, '--tls-key', keyFile];
  const { child, ready, ended } = run(t, args, { AGL_DATA_DIR: dir, AGL_LOG_ADMIN_PASSWORD: 'a-secret' });
  const said = JSON.parse(await ready) as { ready: string; port: number; pid: number };
  assert.deepEqual([said.ready, said.pid], [`esdb://127.0.0.1:${said.port}?tls=true`, child.pid]);
  const at = `localhost:${said.port}?tls=true&tlsCaFile=${encodeURIComponent(certFile)}`;
  const right = EventStoreDBClient.connectionString(`esdb://admin:a-secret@${at}`);
  await right.appendToStream('s', event());
  const wrong = EventStoreDBClient.connectionString(`esdb://admin:changeit@${at}`);
  await assert.rejects(wrong.appendToStream('s', event()));
  await Promise.all([right.dispose(), wrong.dispose()]);
  child.kill('SIGTERM');
  assert.deepEqual(await ended, { code: 0, err: '' });
});

test('a folder or a port in use is one clear line', async (t) => {
  const AGL_DATA_DIR = folder(t);
  const first = run(t, ['--port', '0'], { AGL_DATA_DIR });
  const port = /:(\d+)\?/.exec(await first.ready)![1]!;
  const second = await run(t, ['--port', '0'], { AGL_DATA_DIR }).ended;
  assert.equal(second.code, 1);
  assert.match(second.err, /^agl: the log in .* is in use by process \d+\n$/);
  const third = await run(t, ['--port', port], { AGL_DATA_DIR: join(AGL_DATA_DIR, 'other') }).ended;
  assert.equal(third.code, 1);
  assert.match(third.err, /^agl: .*EADDRINUSE.*\n$/);
});

test('what is asked wrongly is refused by name', (t) => {
  const settings = readSettings({ AGL_DATA_DIR: folder(t) });
  const options = (values: Record<string, string | boolean>, files: string[] = []) =>
    logOptions({ values, files }, settings);
  const file = join(settings.AGL_DATA_DIR, 'none.pem');
  for (const [values, message, exitCode] of [
    [{ port: '70000' }, 'log: --port must be a whole number from 0 to 65535', 2],
    [{ port: 'x' }, 'log: --port must be a whole number from 0 to 65535', 2],
    [{ host: '0.0.0.0' }, 'log: --host 0.0.0.0 needs --tls-cert and --tls-key, or --insecure', 2],
    [{ 'tls-cert': file }, 'log: --tls-cert and --tls-key belong together', 2],
    [{ 'tls-cert': file, 'tls-key': file }, `log: --tls-cert ${file} cannot be read (ENOENT)`, 1],
  ] as const)
    assert.throws(() => options(values), { message, exitCode });
  assert.throws(() => options({}, ['x']), { message: 'log: x is not expected here', exitCode: 2 });
  const { port, host, dir, tls } = options({});
  assert.deepEqual(
    { port, host, dir, tls },
    { port: 2113, host: '127.0.0.1', dir: join(settings.AGL_DATA_DIR, 'log'), tls: undefined },
  );
  assert.equal(options({ host: '0.0.0.0', insecure: true }).host, '0.0.0.0');
});
