import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, it } from 'node:test';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';

let engine: TestEngine;
before(async () => {
  engine = await startTestEngine(memoryLog());
});
after(async () => {
  await engine.stop();
  assert.deepEqual(engine.bugs, []);
});

/** What is answered, and whether the connection was ended. */
function answerTo(text: string): Promise<{ status: number; problem: Record<string, unknown> }> {
  const { hostname, port } = new URL(engine.url);
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (data) => (heard += data)).on('error', () => undefined);
    socket.on('close', () => {
      const [head = '', body = ''] = heard.split('\r\n\r\n');
      assert.match(head, /^content-type: application\/problem\+json/im);
      resolve({ status: Number(head.slice(9, 12)), problem: JSON.parse(body) });
    });
  });
}

it('what is no HTTP is told so in a problem document, and so is what is too large', async () => {
  const nonsense = await answerTo('GARBAGE\r\n\r\n');
  assert.deepEqual(
    [nonsense.status, nonsense.problem.status, nonsense.problem.code],
    [400, 400, 'bad_frame'],
  );
  const nameless = await answerTo('GET /games HTTP/1.1\r\nConnection: close\r\n\r\n');
  assert.deepEqual([nameless.status, nameless.problem.code], [400, 'bad_frame']);
  const large = await answerTo(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`);
  assert.deepEqual([large.status, large.problem.status, large.problem.code], [431, 431, 'too_large']);
});

it('a WebSocket that is none, or is opened elsewhere, is refused in the same way', async () => {
  const upgrade = 'Host: x\r\nConnection: Upgrade\r\nUpgrade';
  const none = await answerTo(`GET /ws HTTP/1.1\r\n${upgrade}: h2c\r\n\r\n`);
  assert.deepEqual([none.status, none.problem.code], [400, 'bad_frame']);
  const elsewhere = await answerTo(`GET /else HTTP/1.1\r\n${upgrade}: websocket\r\n\r\n`);
  assert.deepEqual([elsewhere.status, elsewhere.problem.code], [404, 'not_found']);
});

it('an expectation that nobody knows is passed over', async () => {
  const asked = 'GET /auth/keys HTTP/1.1\r\nHost: x\r\nExpect: the worst\r\nConnection: close\r\n\r\n';
  const { status, problem } = await answerTo(asked);
  assert.deepEqual([status, problem.code], [401, 'unauthorized']);
});
