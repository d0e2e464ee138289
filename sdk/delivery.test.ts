import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompanionError } from './errors.js';
import { MAX_FRAME_BYTES } from './protocol.js';
import { eventsOf, until } from './scripted-engine.js';
import { aCompanion, anEngine, id, isOpen, kill, recorded, settledAs } from './testing.js';
import type { PlayerEvent } from './types.js';

test('an ack settles the promise with id, position and times', async (t) => {
  const engine = await anEngine(t);
  const { companion } = aCompanion(t, engine.url);
  const before = performance.now();
  const ack = await companion.send({ type: 'player.kill', at: '2024-05-01T10:00:00Z' }, { id: id(1) });
  assert.equal(ack.id, id(1));
  assert.equal(ack.position, '1:0');
  assert.equal(ack.duplicate, false);
  assert.ok(before <= ack.sentAt && ack.sentAt <= ack.ackedAt && ack.ackedAt <= performance.now());
  assert.deepEqual(engine.log, [{ id: id(1), body: { type: 'player.kill', at: '2024-05-01T10:00:00Z' } }]);
  assert.equal(companion.pending, 0);
});

test('an event without a time gets that of send(), however late it leaves', async (t) => {
  const engine = await anEngine(t);
  engine.greet = () => undefined;
  const { companion } = aCompanion(t, engine.url, { connectTimeoutMs: 60 });
  const before = Date.now();
  const acked = companion.send(kill(1));
  const after = Date.now();
  await until('a first attempt', () => engine.hellos.length > 0);
  engine.greet = (_, connection) => connection.welcome();
  await acked;
  const at = Date.parse((engine.log[0]!.body as { at: string }).at);
  assert.ok(before <= at && at <= after);
});

test('what the game changes after send() is not sent', async (t) => {
  const engine = await anEngine(t);
  const { companion } = aCompanion(t, engine.url);
  const event = kill(1);
  const acked = companion.send(event);
  event.data.streak = 2;
  await acked;
  assert.deepEqual(recorded(engine), [1]);
});

test('events of one turn go out as one frame, in order', async (t) => {
  const engine = await anEngine(t);
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  const acks = await Promise.all([1, 2, 3].map((n) => watched.companion.send(kill(n), { id: id(n) })));
  assert.equal(engine.frames.length, 1);
  assert.equal(engine.frames[0]!.type, 'game_events');
  assert.deepEqual(recorded(engine), [1, 2, 3]);
  assert.deepEqual(
    acks.map((ack) => ack.id),
    [id(1), id(2), id(3)],
  );
});

test('batchMs gathers what is sent over some turns', async (t) => {
  const engine = await anEngine(t);
  const watched = aCompanion(t, engine.url, { batchMs: 60 });
  await isOpen(watched);
  const first = watched.companion.send(kill(1));
  await new Promise((resolve) => setTimeout(resolve, 10));
  await Promise.all([first, watched.companion.send(kill(2))]);
  assert.equal(engine.frames.length, 1);
});

test('chat and feedback keep their place between events', async (t) => {
  const engine = await anEngine(t);
  const { companion } = aCompanion(t, engine.url);
  await Promise.all([
    companion.send(kill(1), { id: id(1) }),
    companion.chat('How should I play?', { lang: 'en', id: id(2) }),
    companion.feedback(id(9), 'like', { felt: 'proud', id: id(3) }),
    companion.send(kill(4), { id: id(4) }),
  ]);
  assert.deepEqual(
    engine.frames.map((frame) => frame.type),
    ['game_event', 'chat_message', 'feedback', 'game_event'],
  );
  assert.deepEqual(engine.frames[1], {
    type: 'chat_message',
    id: id(2),
    text: 'How should I play?',
    lang: 'en',
  });
  assert.deepEqual(engine.frames[2], {
    type: 'feedback',
    id: id(3),
    actionId: id(9),
    reaction: 'like',
    felt: 'proud',
  });
});

test('sendAll splits into frames of at most 500 events and 64 KiB', async (t) => {
  const engine = await anEngine(t);
  const sizes: number[] = [];
  engine.answer = (frame, connection) => {
    sizes.push(Buffer.byteLength(JSON.stringify(frame)));
    connection.record(frame);
  };
  const { companion } = aCompanion(t, engine.url);
  const events: PlayerEvent[] = Array.from({ length: 1200 }, (_, n) => ({
    type: 'player.loot',
    data: { streak: n, ...(n >= 600 && { name: '宝'.repeat(150) }) },
  }));
  const acks = await companion.sendAll(events);
  assert.equal(acks.length, 1200);
  assert.deepEqual(
    recorded(engine),
    events.map((_, n) => n),
  );
  assert.ok(Math.max(...engine.frames.map((frame) => eventsOf(frame).length)) <= 500);
  assert.equal(eventsOf(engine.frames[0]!).length, 500);
  assert.ok(Math.max(...sizes) <= MAX_FRAME_BYTES, `${Math.max(...sizes)} bytes`);
  // Full, not just small: the bytes of the larger events need about five frames.
  assert.ok(engine.frames.length <= 9, `${engine.frames.length} frames`);
});

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

test('the window: nothing more goes out while the engine owes an answer', async (t) => {
  const engine = await anEngine(t);
  const answers: (() => void)[] = [];
  engine.answer = (frame, connection) => answers.push(() => connection.record(frame));
  const watched = aCompanion(t, engine.url);
  await isOpen(watched);
  const acked = [watched.companion.send(kill(0))];
  await until('one frame', () => answers.length === 1);
  for (let n = 1; n <= 20; n++) {
    acked.push(watched.companion.send(kill(n)));
    await new Promise(setImmediate);
  }
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(engine.frames.length, 1);
  answers.shift()!();
  await until('the gathered rest', () => answers.length === 1);
  assert.equal(eventsOf(engine.frames[1]!).length, 20);
  answers.shift()!();
  await Promise.all(acked);
  assert.deepEqual(
    recorded(engine),
    Array.from({ length: 21 }, (_, n) => n),
  );
});

test('a wider window sends on, up to its width', async (t) => {
  const engine = await anEngine(t);
  const held: (() => void)[] = [];
  engine.answer = (frame, connection) => held.push(() => connection.record(frame));
  const watched = aCompanion(t, engine.url, { maxInFlight: 3 });
  await isOpen(watched);
  const chats = [1, 2, 3, 4, 5].map((n) => watched.companion.chat(`${n}`));
  await until('three frames', () => held.length === 3);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(held.length, 3);
  // Answers out of order settle the right promises.
  held
    .splice(0)
    .reverse()
    .forEach((answer) => {
      answer();
    });
  engine.answer = (frame, connection) => connection.record(frame);
  await until('the rest', () => engine.frames.length === 5);
  assert.equal(new Set((await Promise.all(chats)).map((ack) => ack.id)).size, 5);
});

test('beyond maxPending send() rejects and says so; sendAll waits for room', async (t) => {
  const engine = await anEngine(t);
  const held: (() => void)[] = [];
  engine.answer = (frame, connection) => held.push(() => connection.record(frame));
  const { companion, errors } = aCompanion(t, engine.url, { maxPending: 5 });
  const taken = Array.from({ length: 5 }, (_, n) => companion.send(kill(n)));
  const error = await settledAs(companion.send(kill(5)));
  assert.equal(error?.code, 'queue_full');
  assert.match(error!.message, /5 events wait/);
  assert.equal(companion.pending, 5);
  assert.equal(errors.length, 1);
  const all = companion.sendAll(Array.from({ length: 12 }, (_, n) => kill(100 + n)));
  await until('the first frame', () => held.length === 1);
  engine.answer = (frame, connection) => connection.record(frame);
  held[0]!();
  await Promise.all([...taken, all]);
  assert.deepEqual(recorded(engine), [0, 1, 2, 3, 4, ...Array.from({ length: 12 }, (_, n) => 100 + n)]);
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

test('the same id while pending is the same event', async (t) => {
  const engine = await anEngine(t);
  const { companion } = aCompanion(t, engine.url);
  const [one, two] = [companion.send(kill(1), { id: id(1) }), companion.send(kill(1), { id: id(1) })];
  assert.equal(companion.pending, 1);
  assert.deepEqual(await one, await two);
  const again = await companion.send(kill(1), { id: id(1) });
  assert.equal(again.duplicate, true);
  assert.equal(engine.log.length, 1);
});

test('acks twice, for unknown ids, and for single events of a batch', async (t) => {
  const engine = await anEngine(t);
  engine.answer = (frame, connection) => {
    connection.send({ type: 'ack', id: 'who', position: '1' });
    for (const { id } of eventsOf(frame)) {
      connection.send({ type: 'ack', id, position: '7' });
      connection.send({ type: 'ack', id, position: '8' });
    }
    connection.record(frame);
  };
  const watched = aCompanion(t, engine.url);
  const acks = await watched.companion.sendAll([kill(1), kill(2)]);
  assert.deepEqual(
    acks.map((ack) => ack.position),
    ['7', '7'],
  );
  await watched.companion.send(kill(3));
  assert.deepEqual(watched.errors, []);
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
