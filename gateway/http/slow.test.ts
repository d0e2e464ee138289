import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { aStudio, call } from '../testing/client.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';

let engine: TestEngine;
before(async () => {
  const patience = { headersMs: 300, requestMs: 600, lookEveryMs: 50 };
  engine = await startTestEngine(memoryLog(), { patience });
});
after(async () => {
  await engine.stop();
  assert.deepEqual(engine.bugs, [], 'nothing was a bug');
});

/** Sends a beginning, then byte after byte, as long as it is let. Resolves with what it was told when that ends. */
async function dripping(beginning: string): Promise<string> {
  const { hostname, port } = new URL(engine.url);
  const socket = connect(Number(port), hostname);
  let told = '';
  socket.on('data', (data) => (told += data));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.write(beginning);
  let open = true;
  void closed.then(() => (open = false));
  for (let nth = 0; open && nth < 600; nth++) {
    socket.write('x');
    await sleep(50);
  }
  socket.destroy();
  assert.ok(!open, 'it was ended');
  return told;
}

describe('who says byte by byte', () => {
  it('what it wants is cut off, and others are served meanwhile', async () => {
    const many = Array.from({ length: 20 }, () => dripping('GET /auth/keys HTTP/1.1\r\nX-Slow: '));
    const studio = await aStudio(engine);
    assert.equal((await call(engine, '/auth/verify', { method: 'POST', headers: studio.key })).status, 200);
    for (const told of await Promise.all(many)) assert.match(told, /^HTTP\/1\.1 408|^$/);
  });

  it('what it has to tell is cut off as well', async () => {
    const beginning =
      'POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{"email":"';
    assert.match(await dripping(beginning), /^HTTP\/1\.1 408|^$/);
  });
});
