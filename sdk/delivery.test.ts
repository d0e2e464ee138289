import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_FRAME_BYTES } from './protocol.js';
import { aCompanion, anEngine, id, isOpen, kill, recorded, settledAs } from './testing/companions.js';
import { eventsOf, until } from './testing/scripted-engine.js';
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

test('an event without a time gets that of send() while the engine is away, else none', async (t) => {
  const engine = await anEngine(t);
  engine.greet = () => undefined;
  const { companion } = aCompanion(t, engine.url, { connectTimeoutMs: 60 });
  const before = Date.now();
  const acked = companion.sendAll([kill(1), { ...kill(2), at: '2024-05-01T10:00:00Z' }]);
  const after = Date.now();
  await until('a first attempt', () => engine.hellos.length > 0);
  engine.greet = (_, connection) => connection.welcome();
  await acked;
  await companion.send(kill(3));
  const times = engine.log.map(({ body }) => (body as { at?: string }).at);
  const at = Date.parse(times[0]!);
  assert.ok(before <= at && at <= after);
  assert.deepEqual(times.slice(1), ['2024-05-01T10:00:00Z', undefined]);
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
