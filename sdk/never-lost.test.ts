import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { connect } from './client.js';
import { encodeEvent, encodeFrame } from './encode.js';
import type { CompanionError } from './errors.js';
import { acknowledge, add, createOutbox, type Flight, landAll, takeFrame } from './outbox.js';
import type { ErrorCode } from './protocol.js';
import { refuse } from './refusal.js';
import { id, kill } from './testing/companions.js';
import {
  anAction,
  type Connection,
  eventsOf,
  type SentFrame,
  startEngine,
} from './testing/scripted-engine.js';

/**
 * The promise of the SDK, whatever the engine and the network do: each event arrives once and in order, or is
 * refused to the game's face; each action is handed over once and in order.
 */

const number = (eventId: string) => Number(eventId.slice(-12));

type Move = { kind: (typeof moves)[number]; code: ErrorCode; pick: number };
const moves = ['ack', 'ack twice', 'refuse', 'refuse one', 'lose', 'record and lose', 'send'] as const;
const codes: ErrorCode[] = ['unavailable', 'rate_limited', 'internal', 'bad_event', 'erased', 'unauthorized'];
const move = fc.record({
  kind: fc.constantFrom(...moves),
  code: fc.constantFrom(...codes),
  pick: fc.nat(20),
});

/** What one move does to the outbox; the engine's log grows by what is new to it. */
function play(outbox: ReturnType<typeof createOutbox>, log: string[], { kind, code, pick }: Move): void {
  const flights = [...outbox.flying.values()];
  const flight = flights[pick % Math.max(1, flights.length)];
  const record = ({ items }: Flight) => log.push(...items.map((i) => i.id).filter((i) => !log.includes(i)));
  if (kind === 'send') takeFrame(outbox, 0);
  if (kind === 'lose') landAll(outbox);
  if (!flight) return;
  if (kind === 'record and lose') {
    record(flight);
    landAll(outbox);
  }
  if (kind === 'ack' || kind === 'ack twice') {
    record(flight);
    for (let n = kind === 'ack' ? 1 : 2; n > 0; n--)
      acknowledge(outbox, { type: 'ack', id: flight.id, position: '1' }, 0);
  }
  if (kind === 'refuse') refuse(outbox, { type: 'error', id: flight.id, code, message: 'no' });
  if (kind === 'refuse one') {
    const field = `events[${pick % flight.items.length}].type`;
    refuse(outbox, { type: 'error', id: flight.id, code, message: 'no', field });
  }
}

/** Never travels with others, so that several frames are under way. */
const chat = (n: number) => encodeFrame({ type: 'chat_message', id: id(n), text: 'hi' });

test('the outbox: whatever is answered, each event leaves once, and in order within a window of one', async () => {
  const script = fc.tuple(
    fc.array(move, { maxLength: 60 }),
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 3 }),
  );
  await fc.assert(
    fc.asyncProperty(script, async ([script, count, window]) => {
      const outbox = createOutbox(window);
      const log: string[] = [];
      const outcome = new Map<string, number>();
      const promises = Array.from({ length: count }, (_, n) => {
        const { promise } = add(outbox, n % 4 === 3 ? chat(n) : encodeEvent(kill(n), id(n)));
        const ended = () => outcome.set(id(n), (outcome.get(id(n)) ?? 0) + 1);
        return promise.then(ended, ended);
      });
      for (const step of script) {
        play(outbox, log, step);
        const inside = outbox.waiting.length + [...outbox.flying.values()].flatMap((f) => f.items).length;
        assert.equal(inside, outbox.pending.size);
        assert.ok(outbox.waiting.every((item, n, all) => n === 0 || all[n - 1]!.seq < item.seq));
      }
      landAll(outbox);
      while (outbox.pending.size > 0) {
        takeFrame(outbox, 0);
        play(outbox, log, { kind: 'ack', code: 'internal', pick: 0 });
      }
      await Promise.all(promises);
      assert.ok([...outcome.values()].every((times) => times === 1) && outcome.size === count);
      assert.equal(new Set(log).size, log.length);
      if (window === 1)
        assert.deepEqual(
          log,
          [...log].sort((a, b) => number(a) - number(b)),
        );
    }),
    { numRuns: 300 },
  );
});

const trouble = fc.constantFrom(
  'fine',
  'fine',
  'cut before',
  'cut after',
  'unavailable',
  'rate_limited',
  'twice',
  'restart',
  'late',
);
type Trouble = typeof trouble extends fc.Arbitrary<infer T> ? T : never;

const BAD = 7;
const isBad = (eventId: string) => number(eventId) % BAD === BAD - 1;

/** An engine that keeps to the contract over a bad network: stores each id once, acts once for each. */
function answerWith(script: Trouble[], frame: SentFrame, connection: Connection): void {
  const now = script.shift() ?? 'fine';
  const refuse = (code: ErrorCode, more: object) =>
    connection.send({ type: 'error', id: frame.id, code, message: 'no', ...more });
  const bad = eventsOf(frame).findIndex((event) => isBad(event.id));
  if (now === 'cut before') connection.socket.terminate();
  else if (now === 'restart') connection.socket.close(1012);
  else if (now === 'unavailable' || now === 'rate_limited') refuse(now, { retryAfterMs: 2 });
  else if (bad >= 0)
    refuse('bad_event', { field: frame.type === 'game_events' ? `events[${bad}].type` : 'event.type' });
  else if (now === 'late') setTimeout(() => recordAndAct(frame, connection, 1), 3);
  else if (now === 'cut after') {
    connection.store(frame);
    connection.socket.terminate();
  } else recordAndAct(frame, connection, now === 'twice' ? 2 : 1);
}

function recordAndAct(frame: SentFrame, connection: Connection, times: number): void {
  const { log } = connection.engine;
  const before = log.length;
  for (let n = 0; n < times; n++) connection.record(frame);
  // The push repeats the action before: at least once is all that it promises.
  for (let at = Math.max(0, before - 1); at < log.length; at++) connection.send(actionAt(log, at));
}

const actionAt = (log: { id: string }[], at: number) => anAction(`action of ${log[at]!.id}`, `${at + 1}`);

async function match(script: Trouble[], count: number, maxInFlight: number) {
  const engine = await startEngine();
  engine.answer = (frame, connection) => answerWith(script, frame, connection);
  engine.greet = ({ resume }, connection) => {
    connection.welcome();
    for (let at = Number.parseInt(resume ?? '0', 10); at < engine.log.length; at++)
      connection.send(actionAt(engine.log, at));
  };
  const handed: string[] = [];
  const companion = connect({
    url: engine.url,
    token: 't',
    resume: '0',
    maxInFlight,
    backoff: { baseMs: 1, capMs: 3 },
    onAction: (action) => handed.push(action.actionId),
    onError: () => undefined,
  });
  const results: Promise<[string, CompanionError | undefined]>[] = [];
  for (let n = 0; n < count; n++) {
    const sent = companion.send(kill(n), { id: id(n) });
    results.push(
      sent.then(
        () => [id(n), undefined],
        (error) => [id(n), error],
      ),
    );
    if (n % 3 === 0) await new Promise(setImmediate);
  }
  const answers = await Promise.all(results);
  for (let n = 0; handed.length < engine.log.length && n < 500; n++)
    await new Promise((r) => setTimeout(r, 2));
  await companion.close();
  await engine.close();
  return { log: engine.log.map((event) => event.id), answers, handed };
}

test('over real sockets with cuts, repeats and pauses nothing is lost, doubled or out of order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(trouble, { maxLength: 25 }),
      fc.integer({ min: 1, max: 30 }),
      async (script, count) => {
        const { log, answers, handed } = await match([...script], count, 1);
        const all = Array.from({ length: count }, (_, n) => id(n));
        const good = all.filter((eventId) => !isBad(eventId));
        assert.deepEqual(log, good);
        assert.deepEqual(
          answers.filter(([, error]) => error).map(([eventId, error]) => [eventId, error!.code]),
          all.filter(isBad).map((eventId) => [eventId, 'bad_event']),
        );
        assert.deepEqual(
          handed,
          good.map((eventId) => `action of ${eventId}`),
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('a wider window may change the order, but loses and doubles nothing either', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(trouble, { maxLength: 25 }),
      fc.integer({ min: 1, max: 30 }),
      async (script, count) => {
        const { log, handed } = await match([...script], count, 4);
        const good = Array.from({ length: count }, (_, n) => id(n)).filter((eventId) => !isBad(eventId));
        assert.deepEqual([...log].sort(), good);
        assert.deepEqual(handed.length, good.length);
        assert.equal(new Set(handed).size, handed.length);
      },
    ),
    { numRuns: 15 },
  );
});
