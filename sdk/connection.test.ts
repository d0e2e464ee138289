import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { connect } from './client.js';
import { anAction, until } from './scripted-engine.js';
import { aCompanion, anEngine, id, isOpen, kill, recorded, settledAs } from './testing.js';
import type { Status } from './types.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('hello comes first, with token and resume; events only after the welcome', async (t) => {
  const engine = await anEngine(t);
  let welcome = () => {};
  engine.greet = (_, connection) => {
    welcome = connection.welcome;
  };
  const { companion, statuses } = aCompanion(t, engine.url, { resume: '41:7' });
  const acked = companion.send(kill(1));
  await until('hello', () => engine.hellos.length === 1);
  await pause(20);
  assert.equal(engine.frames.length, 0);
  assert.equal(companion.status, 'connecting');
  assert.deepEqual(engine.hellos, [{ type: 'hello', protocol: 1, token: 'token', resume: '41:7' }]);
  welcome();
  await acked;
  assert.equal(companion.welcome?.playerId, 'p1');
  assert.deepEqual(statuses, ['open']);
});

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

test('each action once and in order over reconnects; resume is that of the last one handed over', async (t) => {
  const engine = await anEngine(t);
  const actions = Array.from({ length: 6 }, (_, n) => anAction(`a${n}`, `p${n}`));
  engine.greet = ({ resume }, connection) => {
    connection.welcome();
    // An engine that is too generous: it repeats one action, and sends another twice.
    const from = resume === '0:0' ? 0 : Number(resume?.slice(1));
    for (const action of actions.slice(from, from + 3)) connection.send(action);
    if (from < 3) connection.socket.close(1012);
  };
  const seen: string[] = [];
  const resumes: (string | undefined)[] = [];
  const { companion } = aCompanion(t, engine.url, {
    resume: '0:0',
    onAction: (action, { seenAt }) => {
      seen.push(action.actionId);
      resumes.push(action.position);
      assert.ok(seenAt <= performance.now());
    },
  });
  await until('all actions', () => seen.length === 6);
  assert.deepEqual(seen, ['a0', 'a1', 'a2', 'a3', 'a4', 'a5']);
  assert.deepEqual(
    engine.hellos.map((hello) => hello.resume),
    ['0:0', 'p2', 'p4'],
  );
  assert.deepEqual([companion.resume, resumes.at(-1)], ['p5', 'p5']);
});

test('lost before the first action: the place of the welcome is resumed', async (t) => {
  const engine = await anEngine(t);
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  assert.equal(engine.hellos[0]!.resume, undefined);
  for (const { socket } of engine.connections) socket.terminate();
  await until('a second hello', () => engine.hellos.length === 2);
  assert.equal(engine.hellos[1]!.resume, '0:0');
});

test('actions wait for the first handler; a throwing handler is reported and does not hinder another', async (t) => {
  const engine = await anEngine(t);
  engine.greet = (_, connection) => {
    connection.welcome();
    for (const n of [1, 2, 3]) connection.send(anAction(`a${n}`, `p${n}`));
  };
  const watched = aCompanion(t, engine.url);
  await watched.companion.send(kill(1));
  const seen: string[] = [];
  watched.companion.onAction(() => {
    throw new Error('my bug');
  });
  const unsubscribe = watched.companion.onAction(async (action) => {
    seen.push(action.actionId);
    throw new Error('my later bug');
  });
  await until('three actions', () => seen.length === 3);
  await until('six errors', () => watched.errors.length === 6);
  assert.deepEqual(seen, ['a1', 'a2', 'a3']);
  assert.equal(watched.errors[0]!.code, 'handler');
  assert.match(watched.errors[0]!.message, /my bug/);
  unsubscribe();
  for (const connection of engine.connections) connection.send(anAction('a4', 'p4'));
  await until('a4 is handed over', () => watched.companion.resume === 'p4');
  assert.equal(seen.length, 3);
});

test('more actions than are held for a first handler are asked for again', async (t) => {
  const engine = await anEngine(t);
  const actions = Array.from({ length: 1500 }, (_, n) => anAction(`a${n}`, `${n}`));
  engine.greet = ({ resume }, connection) => {
    connection.welcome();
    const from = resume === undefined ? 0 : Number(resume) + 1;
    for (const action of actions.slice(from)) connection.send(action);
  };
  const watched = aCompanion(t, engine.url);
  await watched.companion.send(kill(1));
  const seen: string[] = [];
  watched.companion.onAction((action) => seen.push(action.actionId));
  await until('all actions', () => seen.length >= 1500);
  assert.deepEqual(
    seen,
    actions.map((action) => action.actionId),
  );
  assert.equal(engine.hellos[1]!.resume, '999');
});

test('the token function is asked for every connection; one refusal is forgiven', async (t) => {
  const engine = await anEngine(t);
  engine.greet = ({ token }, connection) => {
    if (token === 'token 2') connection.welcome();
    else {
      connection.send({ type: 'error', code: 'unauthorized', message: 'expired' });
      connection.socket.close(4401);
    }
  };
  let asked = 0;
  const watched = aCompanion(t, engine.url, { token: async () => `token ${++asked}` });
  await watched.companion.send(kill(1));
  assert.equal(asked, 2);
  assert.deepEqual(watched.errors, []);
});

test('refused twice in a row: it stops for good and rejects what is pending', async (t) => {
  const engine = await anEngine(t);
  engine.greet = (_, connection) => connection.socket.close(4401, 'no such key');
  const watched = aCompanion(t, engine.url);
  const pending = await Promise.all([1, 2].map((n) => settledAs(watched.companion.send(kill(n)))));
  assert.deepEqual(
    pending.map((error) => error?.code),
    ['unauthorized', 'unauthorized'],
  );
  assert.equal(watched.companion.status, 'refused');
  assert.equal(watched.companion.pending, 0);
  assert.equal((await settledAs(watched.companion.send(kill(3))))?.code, 'unauthorized');
  await pause(60);
  assert.equal(engine.hellos.length, 2);
  assert.deepEqual(
    watched.errors.map(({ code, message }) => [code, message.includes('no such key')]),
    [['unauthorized', true]],
  );
  await watched.companion.close({ drain: true });
});

test('a refusal after a welcome counts anew', async (t) => {
  const engine = await anEngine(t);
  let round = 0;
  engine.greet = (_, connection) => {
    connection.welcome();
    if (++round < 5) connection.socket.close(4401);
  };
  const watched = aCompanion(t, engine.url);
  await until('the fifth connection', () => round === 5);
  await watched.companion.send(kill(1));
  assert.equal(watched.companion.status, 'open');
});

test('no token to be had: said, and asked again later', async (t) => {
  const engine = await anEngine(t);
  let asked = 0;
  const token = () => {
    if (++asked < 3) throw new Error('login server is away');
    return 'token';
  };
  const watched = aCompanion(t, engine.url, { token });
  await watched.companion.send(kill(1));
  assert.deepEqual(
    watched.errors.map((error) => error.code),
    ['connection', 'connection'],
  );
  assert.match(watched.errors[0]!.message, /login server is away/);
});

test('a restarting engine (1012) is followed at once, but not for ever', async (t) => {
  const engine = await anEngine(t);
  engine.greet = (_, connection) => {
    connection.welcome();
    connection.socket.close(1012);
  };
  const started = performance.now();
  aCompanion(t, engine.url, { backoff: { baseMs: 1e6, capMs: 1e6 } });
  await until('four connections', () => engine.hellos.length === 4);
  assert.ok(performance.now() - started < 1000);
  await pause(100);
  assert.equal(engine.hellos.length, 4);
});

const pings = async (t: TestContext, alive: boolean) => {
  const engine = await anEngine(t);
  engine.heartbeatMs = 40;
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  engine.alive = alive;
  return { engine, watched, since: performance.now() };
};

test('a dead peer is noticed after two silent heartbeats', async (t) => {
  const { engine, watched, since } = await pings(t, false);
  await until('it is given up', () => watched.companion.status !== 'open', 1000);
  assert.ok(performance.now() - since >= 70, 'not before two heartbeats');
  assert.ok(performance.now() - since < 300);
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
  assert.throws(() => connect({ ...good, token: undefined as never }), /token must be/);
  assert.throws(
    () => connect({ ...good, maxPending: 0 }),
    /maxPending must be a number of at least 1, got 0/,
  );
  assert.throws(() => connect({ ...good, backoff: { capMs: Number.NaN } }), /backoff.capMs/);
});
