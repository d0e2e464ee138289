import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { get, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect, type SecureVersion, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { selfSigned } from '../../eventstore/embedded/face/testing-certificate.js';
import { runInTurn } from './testing/in-turn.js';
import {
  cleanUp,
  type Engine,
  environment,
  lines,
  openEngine,
  run,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));

const files = { AGL_TLS_CERT: join(dir, 'cert.pem'), AGL_TLS_KEY: join(dir, 'key.pem') };
const certificates = await Promise.all([selfSigned(), selfSigned()]);
const [first, second] = certificates as [(typeof certificates)[0], (typeof certificates)[0]];
const put = ({ cert, key }: typeof first) => {
  writeFileSync(files.AGL_TLS_CERT, cert);
  writeFileSync(files.AGL_TLS_KEY, key);
};
before(() => put(first));

it('a file that is absent, holds something else or belongs to another ends the start with one line', async () => {
  const other = join(dir, 'other.pem');
  writeFileSync(other, second.key);
  const nonsense = join(dir, 'nonsense.pem');
  writeFileSync(nonsense, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  const wrong: [Partial<typeof files>, string][] = [
    [{ AGL_TLS_CERT: '/nowhere' }, 'AGL_TLS_CERT: /nowhere cannot be read (ENOENT)'],
    [{ AGL_TLS_KEY: dir }, `AGL_TLS_KEY: ${dir} cannot be read (EISDIR)`],
    [{ AGL_TLS_CERT: nonsense }, `AGL_TLS_CERT: ${nonsense} holds no certificate`],
    [{ AGL_TLS_KEY: nonsense }, `AGL_TLS_KEY: ${nonsense} holds no key that opens`],
    [{ AGL_TLS_KEY: other }, `AGL_TLS_KEY: ${other} is not the key of the certificate ${files.AGL_TLS_CERT}`],
  ];
  const asked = wrong.map(([env], nth) => {
    const data = join(dir, `wrong-${nth}`);
    return { args: ['start'], env: { AGL_DATA_DIR: data, PORT: '0', ...files, ...env } };
  });
  const ran = await runInTurn(asked, {});
  for (const [nth, [, line]] of wrong.entries()) {
    assert.deepEqual(lines(ran[nth]!.err), [`agl: ${line}`]);
    assert.equal(ran[nth]!.code, 1);
  }
});

it('the demo, which plays in the clear, says so', async () => {
  const { code, err } = await run(['demo', '--exit'], {
    env: { AGL_DATA_DIR: join(dir, 'demo'), ...files },
  });
  assert.deepEqual([code, lines(err)], [2, ['agl: AGL_TLS_CERT: the demo is played in the clear; unset it']]);
});

describe('an engine with a certificate', () => {
  const data = join(dir, 'data');
  let engine: Engine;
  before(async () => {
    engine = await openEngine(data, { env: files });
  });
  after(async () => assert.equal(await stopEngine(engine), 0));

  /** A connection of who believes this certificate alone; else the error with which it was refused. */
  const dial = ({ cert }: typeof first, maxVersion: SecureVersion = 'TLSv1.3') =>
    new Promise<TLSSocket>((resolve, reject) => {
      const { port } = new URL(engine.url);
      const socket = connect({ port: Number(port), host: '127.0.0.1', ca: cert, maxVersion });
      socket.on('error', reject).once('secureConnect', () => resolve(socket));
    });
  const isServed = (certificate: typeof first) =>
    dial(certificate).then(
      (socket) => Boolean(socket.destroy()),
      () => false,
    );

  it('speaks TLS 1.3 alone, and asks browsers to do so for good', async () => {
    assert.match(engine.url, /^https:/);
    const socket = await dial(first);
    assert.equal(socket.getProtocol(), 'TLSv1.3');
    socket.destroy();
    await assert.rejects(dial(first, 'TLSv1.2'), /protocol version/);
    const options: RequestOptions = { ca: first.cert };
    const answer = await new Promise<{ statusCode?: number; headers: Record<string, unknown> }>((resolve) =>
      get(`${engine.url}/health/ready`, options, (response) => resolve(response.resume())),
    );
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000');
    await assert.rejects(fetch(engine.url.replace('https', 'http')), 'nobody is answered in the clear');
  });

  it('is played by the Web SDK over wss and over https, and other verbs work beside it', async () => {
    const game = fileURLToPath(new URL('./testing/play-over-tls.js', import.meta.url));
    const env = environment({ NODE_EXTRA_CA_CERTS: files.AGL_TLS_CERT });
    const { stdout } = await promisify(execFile)(process.execPath, [game, engine.url], { env });
    const played = lines(stdout).map((line) => (JSON.parse(line) as { transport: string }).transport);
    assert.deepEqual(played, ['websocket', 'http']);
    const parked = await run(['parked'], { env: { AGL_DATA_DIR: data, ...files } });
    assert.deepEqual([parked.code, parked.out], [0, 'nothing is parked\n'], parked.err);
  });

  it('serves a renewed certificate without a restart; one that is broken changes nothing, and is told', async () => {
    const before = await dial(first);
    writeFileSync(files.AGL_TLS_KEY, second.key);
    await until(() => /the certificate that was served before stays/.test(engine.err()), 'it is told');
    assert.match(engine.err(), /AGL_TLS_KEY: \S+ is not the key of the certificate/);
    assert.ok(await isServed(first));
    put(second);
    await until(() => isServed(second), 'the new one is served');
    await assert.rejects(dial(second, 'TLSv1.2'), /protocol version/);
    assert.ok(!before.destroyed && before.readable, 'who was connected stays so');
    before.destroy();
  });
});
