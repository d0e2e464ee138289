import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import type { WebSocket } from 'ws';
import { startEchoServer } from '../child.js';
import { crowd } from './crowd.js';
import type { TurnsJob } from './jobs.js';
import { type Answer, gatewayOfFewWords } from './testing/few-words.js';
import { turns } from './turns.js';

const timing = { warmUpMs: 0, measureMs: 200 };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function gateway(answer: Answer): Promise<string> {
  const { url, close } = await gatewayOfFewWords(answer);
  ends.push(close);
  return url;
}

it('holds those who entered until they leave, and counts who was turned out', async () => {
  const there = new Set<WebSocket>();
  const url = await gateway(({ id }, _, socket) => {
    there.add(socket);
    socket.send(JSON.stringify({ type: 'ack', id, position: '1:1' }));
  });
  assert.deepEqual(await entering(url, ['a', 'b']), 2);
  assert.deepEqual(await entering(url, ['c']), 3);
  const plays = { kind: 'crowd-plays', perSecond: 50, story: 'match', ...timing } as const;
  const played = await crowd(plays);
  assert.ok('sent' in played && played.sent === played.answer.count && played.sent > 0);
  assert.equal(there.size, 3, 'each has sent something');
  for (const socket of [...there].slice(1)) socket.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const left = await crowd({ kind: 'crowd-leaves' });
  assert.ok('ended' in left && left.ended === 2);
  const again = await crowd({ kind: 'crowd-leaves' });
  assert.ok('ended' in again && again.ended === 0);
});

const entering = async (url: string, tokens: string[]) => {
  const entered = await crowd({ kind: 'crowd-enters', url, tokens });
  return 'held' in entered && entered.held;
};

it('counts frames that are answered: pings by a gateway, anything by an echo', async () => {
  let pings = 0;
  const url = await gateway((_, __, socket) => {
    pings++;
    socket.send('{"type":"pong"}');
  });
  const job = { kind: 'turns', size: 1, window: 2, tokens: ['a', 'b'], ...timing } as const;
  const ofPings: TurnsJob = { ...job, at: 'gateway', frames: 'pings', url };
  const { events, perSecond } = await turns(ofPings);
  assert.ok(events > 0 && events <= pings && perSecond > 0);
  const echo = await startEchoServer();
  ends.push(echo.stop);
  for (const frames of ['events', 'pings'] as const)
    assert.ok((await turns({ ...job, at: 'echo', frames, url: echo.url })).events > 0);
  const wrong = await gateway((_, __, socket) => socket.send('{"type":"error"}'));
  await assert.rejects(turns({ ...ofPings, url: wrong }), /answered .*error/);
});
