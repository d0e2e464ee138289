import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from './client.js';
import { aCompanion, anEngine, isOpen, kill, pause, settledAs } from './testing/companions.js';
import { until } from './testing/scripted-engine.js';
import type { Status } from './types.js';

test('close() rejects what is pending, ends the connection and takes nothing more', async (t) => {
  const engine = await anEngine(t);
  engine.answer = () => undefined;
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  const pending = settledAs(watched.companion.send(kill(1)));
  await until('it is under way', () => engine.frames.length === 1);
  await watched.companion.close();
  assert.equal((await pending)?.code, 'closed');
  assert.match((await pending)!.message, /may or may not/);
  assert.equal((await settledAs(watched.companion.send(kill(2))))?.code, 'closed');
  assert.equal(watched.companion.status, 'closed');
  await until('the engine sees it', () => engine.connections.size === 0);
  await pause(60);
  assert.equal(engine.hellos.length, 1);
  assert.deepEqual(watched.errors, []);
});

test('close({ drain }) waits for the answers, also over a lost connection', async (t) => {
  const engine = await anEngine(t);
  engine.answer = (frame, connection) => {
    engine.answer = (next, later) => setTimeout(() => later.record(next), 20);
    connection.store(frame);
    connection.socket.terminate();
  };
  const { companion } = aCompanion(t, engine.url);
  const acked = companion.sendAll([kill(1), kill(2)]);
  const closed = companion.close({ drain: true });
  assert.equal((await settledAs(companion.send(kill(3))))?.code, 'closed');
  await closed;
  assert.equal((await acked).length, 2);
  assert.equal(companion.status, 'closed');
});

test('close({ drain }) gives up in time', async (t) => {
  const { companion } = aCompanion(t, 'ws://127.0.0.1:9/ws');
  const pending = settledAs(companion.send(kill(1)));
  await companion.close({ drain: true, timeoutMs: 50 });
  assert.equal((await pending)?.code, 'closed');
});

test('close() before anything happened', async (t) => {
  const engine = await anEngine(t);
  const { companion } = aCompanion(t, engine.url);
  await companion.close();
  await companion.close();
  await pause(30);
  assert.equal(engine.connections.size, 0);
});

test('status handlers hear each step with its reason, until they unsubscribe', async (t) => {
  const engine = await anEngine(t);
  const heard: [Status, string][] = [];
  const { companion } = aCompanion(t, engine.url);
  const unsubscribe = companion.onStatus((status, why) => heard.push([status, why]));
  await companion.send(kill(1));
  for (const { socket } of engine.connections) socket.close(4400, 'too many bad frames');
  await until('it is open again', () => heard.length === 4);
  assert.deepEqual(
    heard.map(([status]) => status),
    ['open', 'waiting', 'connecting', 'open'],
  );
  assert.match(heard[1]![1], /4400 too many bad frames.*next try in \d+ ms/);
  unsubscribe();
  await companion.close();
  assert.equal(heard.length, 4);
});

test('options that cannot be used are named', () => {
  const good = { url: 'ws://127.0.0.1:1/ws', token: 't' };
  assert.throws(() => connect({ ...good, url: 'http://127.0.0.1/ws' }), /TypeError: url must be like ws:/);
  assert.throws(() => connect({ ...good, url: 'nonsense' }), /url must be like/);
  assert.throws(() => connect({ ...good, url: 'ws://127.0.0.1/ws#x' }), /fragment/);
  assert.throws(() => connect({ ...good, url: [] }), /at least one address/);
  assert.throws(() => connect({ ...good, url: [good.url, 'nonsense'] }), /url must be like/);
  assert.throws(() => connect({ ...good, token: undefined as never }), /token must be/);
  assert.throws(
    () => connect({ ...good, maxPending: 0 }),
    /maxPending must be a number of at least 1, got 0/,
  );
  assert.throws(() => connect({ ...good, backoff: { capMs: Number.NaN } }), /backoff.capMs/);
});
