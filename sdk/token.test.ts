import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCompanion, anEngine, kill, pause, settledAs } from './testing/companions.js';
import { until } from './testing/scripted-engine.js';

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

test('an engine that cannot judge the token now is no refusal: asked again, not before it says', async (t) => {
  const engine = await anEngine(t);
  const hellosAt: number[] = [];
  engine.greet = (_, connection) => {
    hellosAt.push(performance.now());
    if (hellosAt.length === 4) return connection.welcome();
    connection.send({ type: 'error', code: 'unavailable', message: 'the log is away', retryAfterMs: 60 });
    setTimeout(() => connection.socket.close(4401, 'no hello in time'), 200);
  };
  const watched = aCompanion(t, engine.url);
  await watched.companion.send(kill(1));
  assert.ok(hellosAt.slice(1).every((at, n) => at - hellosAt[n]! >= 59));
  assert.deepEqual(watched.errors, []);
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
