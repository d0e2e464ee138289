import assert from 'node:assert/strict';
import { connect } from 'node:net';
import fc from 'fast-check';
import { wrongIn } from './hostile-requests.js';

const long = 'a'.repeat(20_000);
const body = 'POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

/** What no client library lets one send. */
const requests = [
  'GARBAGE\r\n\r\n',
  'GET /games\r\n\r\n',
  'GET /games HTTP/1.1\r\n\r\n',
  'GET /games HTTP/9.9\r\nHost: x\r\n\r\n',
  'get /games HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET  HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /ga\u0000mes HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /\u00e9\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET //x//../.. HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET http://other/games HTTP/1.1\r\nHost: x\r\n\r\n',
  `GET /games HTTP/1.1\r\nHost: x\r\nX: ${long}\r\n\r\n`,
  `GET /${long} HTTP/1.1\r\nHost: x\r\n\r\n`,
  'GET /games HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n',
  'GET /games HTTP/1.1\r\nHost: x\r\nX-API-Key: a\r\nX-API-Key: b\r\nAuthorization: Bearer\r\n\r\n',
  'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
  'CONNECT games:443 HTTP/1.1\r\nHost: x\r\n\r\n',
  `${body}Content-Length: 5\r\nContent-Length: 7\r\n\r\n{"a":`,
  `${body}Content-Length: -1\r\n\r\n`,
  `${body}Content-Length: 99999999999999999999\r\n\r\n{`,
  `${body}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
  `${body}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  `${body}Transfer-Encoding: gzip\r\n\r\n{}`,
  `${body}Content-Length: 2000000\r\n\r\n${'x'.repeat(100)}`,
  `${body}Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}`,
  `${body}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
];

/** One of them, with something else in one place. */
const raw = fc
  .tuple(fc.constantFrom(...requests), fc.nat(), fc.option(fc.string({ unit: 'binary', maxLength: 3 })))
  .map(([text, where, more]) => {
    const at = where % text.length;
    return more === null ? text : text.slice(0, at) + more + text.slice(at + (where % 3));
  });

const SILENT_MS = 300;

/** What is answered until there is silence: some of them are no whole request. */
function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.write(Buffer.from(text, 'latin1')));
    socket.setTimeout(SILENT_MS, () => socket.destroy());
    socket.on('data', (data) => (heard += data)).on('error', () => undefined);
    socket.on('close', () => resolve(heard));
  });
}

/** Whatever is answered with a no is a problem document. Returns how many there were. */
export async function sendRawRequests(url: string, how: { count: number; seed: number }): Promise<number> {
  const texts = [...requests, ...fc.sample(raw, { numRuns: how.count, seed: how.seed })];
  let answers = 0;
  const worker = async () => {
    for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
      const heard = await sendRaw(url, text);
      if (heard === '') continue;
      answers++;
      const [head = '', ...rest] = heard.split('\r\n\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
      const type = /^content-type: (.*)$/im.exec(head)?.[1] ?? '';
      if (status < 400) continue;
      // The first of several.
      const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
      const body = Buffer.from(rest.join('\r\n\r\n')).subarray(0, length);
      const wrong = wrongIn({ status, type, text: `${body}` });
      assert.equal(wrong, null, JSON.stringify([how.seed, text, heard]).slice(0, 3_000));
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return answers;
}
