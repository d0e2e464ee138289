import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { aCompanion, anEngine, id, isOpen, kill, pause, recorded, settledAs } from './testing/companions.js';
import { until } from './testing/scripted-engine.js';

test('cut before the ack: the same ids go out again, in order; a duplicate ack settles them', async (t) => {
  const engine = await anEngine(t);
  engine.answer = (frame, connection) => {
    engine.answer = (next, later) => later.record(next);
    connection.store(frame);
    connection.socket.terminate();
  };
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  const acks = await Promise.all([1, 2, 3].map((n) => watched.companion.send(kill(n), { id: id(n) })));
  assert.deepEqual(recorded(engine), [1, 2, 3]);
  assert.deepEqual(
    acks.map((ack) => ack.duplicate),
    [true, true, true],
  );
  assert.ok(watched.statuses.includes('waiting'));
});

test('an engine that is away: events wait, and go out when it is back', async (t) => {
  const first = await anEngine(t);
  const port = Number(new URL(first.url).port);
  const watched = aCompanion(t, first.url);
  await isOpen(watched);
  await first.close();
  const acked = [1, 2, 3].map((n) => watched.companion.send(kill(n)));
  await until('it waits', () => watched.companion.status !== 'open');
  assert.equal(watched.companion.pending, 3);
  await pause(50);
  const second = await anEngine(t, port);
  await Promise.all(acked);
  assert.deepEqual(recorded(second), [1, 2, 3]);
  assert.deepEqual(watched.errors, []);
});

test('a restarting engine (1012) is followed at once, but not for ever', async (t) => {
  const engine = await anEngine(t);
  engine.greet = (_, connection) => {
    connection.welcome();
    connection.socket.close(1012);
  };
  aCompanion(t, engine.url, { backoff: { baseMs: 1e6, capMs: 1e6 } });
  await until('four connections', () => engine.hellos.length === 4);
  await pause(100);
  assert.equal(engine.hellos.length, 4);
});

test('of several addresses each is tried in turn: where one stops or is away, the next takes over', async (t) => {
  const engines = await Promise.all([anEngine(t), anEngine(t), anEngine(t)]);
  const away = engines.pop()!;
  await away.close();
  const watched = aCompanion(t, [...engines.map(({ url }) => url), away.url], { resume: '7:7' });
  await isOpen(watched);
  const [here, there] = engines[0]!.connections.size > 0 ? engines : engines.toReversed();
  await watched.companion.send(kill(1));
  here!.answer = (frame, { socket }) => {
    here!.frames.push(frame);
    socket.close(1012);
  };
  here!.greet = (_, { socket }) => socket.close(1012);
  await watched.companion.send(kill(2));
  assert.deepEqual([recorded(here!), recorded(there!)], [[1], [2]]);
  assert.equal(there!.hellos.at(-1)!.resume, '7:7');
  assert.deepEqual(watched.errors, []);
});

const pings = async (t: TestContext, alive: boolean) => {
  const engine = await anEngine(t);
  engine.heartbeatMs = 40;
  // Before it can have begun to listen for the peer, which a busy machine may notice late.
  const since = performance.now();
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  engine.alive = alive;
  return { engine, watched, since };
};

test('a dead peer is noticed after two silent heartbeats', async (t) => {
  const { engine, watched, since } = await pings(t, false);
  await until('it is given up', () => watched.companion.status !== 'open');
  assert.ok(performance.now() - since >= 70, 'not before two heartbeats');
  engine.alive = true;
  await watched.companion.send(kill(1));
});

test('a living peer answers pings and stays', async (t) => {
  const { engine, watched } = await pings(t, true);
  await pause(250);
  assert.equal(engine.hellos.length, 1);
  assert.deepEqual(watched.statuses, ['open']);
});

test('no welcome: the attempt is given up and repeated', async (t) => {
  const engine = await anEngine(t);
  engine.greet = (_, connection) => engine.hellos.length >= 2 && connection.welcome();
  const watched = aCompanion(t, engine.url, { connectTimeoutMs: 50 });
  await watched.companion.send(kill(1));
  assert.equal(engine.hellos.length, 2);
});

test('a frame that is never answered is sent again on a new connection', async (t) => {
  const engine = await anEngine(t);
  engine.answer = () => {
    engine.answer = (frame, connection) => connection.record(frame);
  };
  const watched = aCompanion(t, engine.url, { ackTimeoutMs: 60 });
  await watched.companion.send(kill(1), { id: id(1) });
  assert.deepEqual(
    engine.frames.map((frame) => frame.id),
    [id(1), id(1)],
  );
  assert.equal(engine.hellos.length, 2);
});

test('a frame too large for the engine (1009) is made smaller, down to the one event', async (t) => {
  const engine = await anEngine(t);
  engine.answer = (frame, connection) =>
    JSON.stringify(frame).length > 2000 ? connection.socket.close(1009) : connection.record(frame);
  const watched = aCompanion(t, engine.url);
  const big = { type: 'custom.big' as const, data: { streak: 'big', blob: 'x'.repeat(3000) } };
  const error = await settledAs(
    watched.companion.sendAll([...Array(30).keys()].map(kill).concat(big as never)),
  );
  assert.deepEqual(
    error?.refused?.map(({ index, error }) => [index, error.code]),
    [[30, 'too_large']],
  );
  assert.deepEqual(recorded(engine), [...Array(30).keys()]);
});

test('unknown frames are ignored, malformed ones reported, errors without a frame too', async (t) => {
  const engine = await anEngine(t);
  engine.greet = (_, connection) => {
    connection.welcome();
    connection.send({ type: 'weather', sky: 'blue' });
    connection.send('{not json');
    connection.send({ type: 'companion_action', actionId: 7 });
    connection.send('[]');
    connection.socket.send(Buffer.from([1, 2]), { binary: true });
    connection.send({ type: 'error', code: 'quota_exceeded', message: 'soon over' });
  };
  const watched = aCompanion(t, engine.url);
  await watched.companion.send(kill(1));
  assert.deepEqual(
    watched.errors.map((error) => error.code),
    ['bad_frame', 'bad_frame', 'bad_frame', 'bad_frame', 'quota_exceeded'],
  );
  assert.match(watched.errors[1]!.message, /malformed companion_action: actionId/);
});

test('an error code of a later engine still answers its frame', async (t) => {
  const engine = await anEngine(t);
  engine.answer = (frame, connection) =>
    connection.send({ type: 'error', id: frame.id, code: 'too_silly', message: 'hm', retryAfterMs: 1 });
  const { companion } = aCompanion(t, engine.url);
  assert.equal((await settledAs(companion.send(kill(1))))?.message, 'hm');
});
