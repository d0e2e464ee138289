import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompanionError } from './errors.js';
import { aCompanion, anEngine, id, isOpen, kill, recorded, settledAs } from './testing/companions.js';
import { eventsOf, until } from './testing/scripted-engine.js';
import type { PlayerEvent } from './types.js';

test('one bad event in a batch is refused alone, named; the others arrive in order', async (t) => {
  const engine = await anEngine(t);
  engine.answer = (frame, connection) => {
    const bad = eventsOf(frame).findIndex(({ body }) => (body as { type: string }).type === 'player.dance');
    if (bad < 0) return connection.record(frame);
    const field = frame.type === 'game_events' ? `events[${bad}].type` : 'event.type';
    connection.send({ type: 'error', id: frame.id, code: 'unknown_type', message: 'no such type', field });
  };
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  const events = [kill(0), kill(1), kill(2), { type: 'player.dance' as 'custom.x' }, kill(4)];
  const results = await Promise.all(events.map((event) => settledAs(watched.companion.send(event))));
  assert.deepEqual(
    results.map((error) => error?.code),
    [undefined, undefined, undefined, 'unknown_type', undefined],
  );
  assert.equal(results[3]?.field, 'event.type');
  assert.ok(results[3] instanceof CompanionError);
  assert.deepEqual(recorded(engine), [0, 1, 2, 4]);
  assert.deepEqual(
    watched.errors.map((error) => error.code),
    ['unknown_type'],
  );
});

test('a batch refused without naming an event: the bad ones are found', async (t) => {
  const engine = await anEngine(t);
  engine.answer = (frame, connection) => {
    const bad = eventsOf(frame).some(({ body }) =>
      [3, 90].includes((body as ReturnType<typeof kill>).data.streak),
    );
    if (!bad) return connection.record(frame);
    connection.send({ type: 'error', id: frame.id, code: 'bad_event', message: 'one of them' });
  };
  const watched = aCompanion(t, engine.url);
  const error = await settledAs(watched.companion.sendAll(Array.from({ length: 100 }, (_, n) => kill(n))));
  assert.deepEqual(
    error?.refused?.map(({ index }) => index),
    [3, 90],
  );
  assert.match(error!.message, /2 of 100 events were refused, the first at index 3/);
  assert.equal(engine.log.length, 98);
  assert.deepEqual(
    recorded(engine),
    Array.from({ length: 100 }, (_, n) => n).filter((n) => n !== 3 && n !== 90),
  );
  assert.ok(engine.frames.length < 50, `${engine.frames.length} frames`);
});

test('unavailable is no failure: after retryAfterMs the same ids go out again, in order', async (t) => {
  const engine = await anEngine(t);
  const arrivals: number[] = [];
  engine.answer = (frame, connection) => {
    arrivals.push(performance.now());
    if (arrivals.length > 2) return connection.record(frame);
    const code = arrivals.length === 1 ? 'unavailable' : 'rate_limited';
    connection.send({ type: 'error', id: frame.id, code, message: 'later', retryAfterMs: 80 });
  };
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  const first = watched.companion.send(kill(1), { id: id(1) });
  await until('the first try', () => arrivals.length === 1);
  await Promise.all([first, watched.companion.send(kill(2), { id: id(2) })]);
  assert.ok(arrivals[1]! - arrivals[0]! >= 79 && arrivals[2]! - arrivals[1]! >= 79);
  assert.deepEqual(recorded(engine), [1, 2]);
  assert.equal(engine.frames[0]!.id, id(1));
  assert.deepEqual(watched.errors, []);
  assert.equal(watched.companion.status, 'open');
});

test('unavailable without a time is tried again at an own pace', async (t) => {
  const engine = await anEngine(t);
  let tries = 0;
  engine.answer = (frame, connection) => {
    if (++tries > 3) return connection.record(frame);
    connection.send({ type: 'error', id: frame.id, code: 'unavailable', message: 'later' });
  };
  const { companion } = aCompanion(t, engine.url);
  await companion.send(kill(1));
  assert.equal(tries, 4);
});

test('an engine that stumbles is asked three times, then the event is refused and the next one goes', async (t) => {
  const engine = await anEngine(t);
  engine.answer = (frame, connection) => {
    if (!eventsOf(frame).some((event) => event.id === id(1))) return connection.record(frame);
    connection.send({ type: 'error', id: frame.id, code: 'internal', message: 'oops', retryAfterMs: 1 });
  };
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  const [bad, good] = [watched.companion.send(kill(1), { id: id(1) }), watched.companion.send(kill(2))];
  assert.equal((await settledAs(bad))?.code, 'internal');
  await good;
  assert.deepEqual(recorded(engine), [2]);
});

test('what can be seen to be wrong here is refused here, naming it', async (t) => {
  const engine = await anEngine(t);
  const { companion, errors } = aCompanion(t, engine.url);
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const wrong: [unknown, string, string | undefined][] = [
    [{ type: 'player.loot', data: { blob: 'x'.repeat(17_000) } }, 'too_large', 'event.data'],
    [{ type: 'player.loot', context: { blob: '宝'.repeat(6_000) } }, 'too_large', 'event.data'],
    [{ type: 'player.kill', data: { killCount: -1 } }, 'bad_event', 'event.data.killCount'],
    [{ type: 'player.kill', at: 'yesterday' }, 'bad_event', 'event.at'],
    [{ type: 'player.kill', at: new Date(Number.NaN) }, 'bad_event', 'event.at'],
    [{ type: 'player.kill', data: circular }, 'bad_event', 'event'],
    [{ type: 'player.kill', data: { big: 1n } }, 'bad_event', 'event'],
    [{ data: {} }, 'bad_event', 'event.type'],
    [null, 'bad_event', 'event'],
  ];
  for (const [event, code, field] of wrong) {
    const error = await settledAs(companion.send(event as PlayerEvent));
    assert.deepEqual([error?.code, error?.field], [code, field], JSON.stringify([code, field]));
  }
  assert.equal((await settledAs(companion.send(kill(1), { id: 'seven' })))?.field, 'id');
  assert.equal((await settledAs(companion.chat('')))?.field, 'text');
  assert.equal((await settledAs(companion.chat('x'.repeat(70_000))))?.code, 'too_large');
  assert.equal((await settledAs(companion.feedback('a', 'like')))?.field, 'actionId');
  assert.equal(errors.length, wrong.length + 4);
  assert.equal(companion.pending, 0);
  assert.equal(engine.frames.length, 0);
});

test('promises nobody looks at do not end the process; without an error handler refusals are printed', async (t) => {
  const engine = await anEngine(t);
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', onUnhandled);
  t.after(() => process.off('unhandledRejection', onUnhandled));
  const printed = t.mock.method(console, 'error', () => undefined);
  const { companion } = aCompanion(t, engine.url, { onError: undefined as never });
  void companion.send({ type: 'player.kill', data: { killCount: -1 } });
  void companion.sendAll([{ type: 'player.kill', data: { killCount: -2 } }]);
  void companion.send(kill(1));
  await companion.close();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(unhandled, []);
  assert.equal(printed.mock.callCount(), 2);
  assert.match(String(printed.mock.calls[0]!.arguments[0]), /companion: bad_event: event\.data\.killCount/);
});

test('after an answer, the own pace starts small again', async (t) => {
  const engine = await anEngine(t);
  const arrivals: number[] = [];
  engine.answer = (frame, connection) => {
    arrivals.push(performance.now());
    if (arrivals.length === 6 || arrivals.length === 8) return connection.record(frame);
    connection.send({ type: 'error', id: frame.id, code: 'unavailable', message: 'later' });
  };
  const { companion } = aCompanion(t, engine.url, { backoff: { baseMs: 30, capMs: 10_000 } });
  await companion.send(kill(1));
  // The fifth pause in a row is 240 to 480 ms; the sixth would be twice that.
  assert.ok(arrivals[5]! - arrivals[4]! >= 239);
  await companion.send(kill(2));
  assert.ok(arrivals[7]! - arrivals[6]! < 240);
});
