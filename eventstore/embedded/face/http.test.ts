import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import { get as getSecurely } from 'node:https';
import { connect } from 'node:net';
import { test } from 'node:test';
import { connect as connectSecurely } from 'node:tls';
import { EventStoreDBClient } from '@eventstore/db-client';
import { event, numbers, openBench, openSecureBench, stream } from './testing.js';

type Answered = { code: number; body: string };

const answerOf = (response: IncomingMessage) =>
  new Promise<Answered>((resolve) => {
    let body = '';
    response.setEncoding('utf8').on('data', (text) => {
      body += text;
    });
    response.on('end', () => resolve({ code: response.statusCode!, body }));
  });

const ask = (url: string, options: object = {}) =>
  new Promise<Answered>((resolve, reject) => {
    const from = url.startsWith('https:') ? getSecurely : get;
    from(url, { agent: false, ...options }, (response) => resolve(answerOf(response))).on('error', reject);
  });

test('plain HTTP and gRPC share the port', async (t) => {
  const bench = await openBench();
  t.after(() => bench.close());
  const { face, client, engine } = bench;
  const url = `http://127.0.0.1:${face.port}`;
  assert.deepEqual(await ask(`${url}/health/live`), { code: 204, body: '' });
  const name = stream();
  await client.appendToStream(name, event(1));
  const json = async (path: string) => JSON.parse((await ask(`${url}${path}`)).body);
  assert.equal((await json('/info')).esVersion, '24.10.0');
  assert.equal((await json('/stats')).es.position, engine.head());
  assert.equal((await json('/stats?x=1')).proc.id, process.pid);
  const [member] = (await json('/gossip')).members;
  assert.deepEqual(
    [member.httpEndPointIp, member.httpEndPointPort, member.state, member.isAlive],
    ['127.0.0.1', face.port, 'Leader', true],
  );
  assert.equal((await ask(`${url}/elsewhere`)).code, 404);
  assert.equal((await ask(`${url}/info`, { method: 'DELETE' })).code, 405);
  assert.deepEqual(await numbers(client.readStream(name)), [1]);
});

test("the official client's own HTTP requests are answered", async (t) => {
  const bench = await openBench();
  t.after(() => bench.close());
  type Http = { HTTPRequest(method: string, path: string, options: object): Promise<{ text: string }> };
  const http = bench.client as unknown as Http;
  assert.equal((await http.HTTPRequest('GET', '/ping', {})).text, 'Ping request successfully handled');
  const transformError = (code: number, message: string) => new Error(`${code} ${message}`);
  await assert.rejects(http.HTTPRequest('POST', '/nonsense', { transformError }), /^Error: 404 Not Found$/);
});

test('over TLS too, and figures only for who has a name', async (t) => {
  const bench = await openSecureBench();
  t.after(() => bench.close());
  const url = `https://localhost:${bench.face.port}`;
  const ca = bench.tls.cert;
  // As curl does: whoever speaks both protocols is answered in HTTP/1, who speaks HTTP/2 only in that.
  for (const [ALPNProtocols, chosen] of [
    [['h2', 'http/1.1'], 'http/1.1'],
    [['h2'], 'h2'],
  ] as const) {
    const options = { ca, host: 'localhost', port: bench.face.port, ALPNProtocols: [...ALPNProtocols] };
    const socket = connectSecurely(options);
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    assert.equal(socket.alpnProtocol, chosen);
    socket.destroy();
  }
  assert.equal((await ask(`${url}/health/live`, { ca })).code, 204);
  assert.equal((await ask(`${url}/info`, { ca })).code, 200);
  assert.equal((await ask(`${url}/stats`, { ca })).code, 401);
  assert.equal((await ask(`${url}/stats`, { ca, auth: 'admin:wrong' })).code, 401);
  assert.equal((await ask(`${url}/stats`, { ca, auth: 'ops:changeit' })).code, 200);
});

test('a connection that says little, nothing or nonsense holds up nobody', async () => {
  const bench = await openBench();
  const { face } = bench;
  const silent = connect(face.port, '127.0.0.1').resume();
  const slow = connect(face.port, '127.0.0.1');
  const answered = new Promise<string>((resolve) => slow.once('data', (data) => resolve(`${data}`)));
  for (const part of ['G', 'E', 'T /health/live HTTP/1.1\r\n', 'Host: x\r\n\r\n']) {
    await new Promise((resolve) => slow.write(part, () => setTimeout(resolve, 20)));
  }
  assert.match(await answered, /^HTTP\/1.1 204/);
  const odd = connect(face.port, '127.0.0.1');
  odd.on('error', () => {}).resume();
  odd.write(Buffer.from([0, 1, 2, 3, 13, 10, 13, 10]));
  await new Promise((resolve) => odd.once('close', resolve));
  const gone = connect(face.port, '127.0.0.1');
  await new Promise((resolve) => gone.once('connect', resolve));
  gone.destroy();
  const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${face.port}?tls=false`);
  await client.appendToStream(stream(), event(1));
  await client.dispose();
  const closed = new Promise((resolve) => silent.once('close', resolve));
  await bench.close();
  await closed;
  slow.destroy();
});
