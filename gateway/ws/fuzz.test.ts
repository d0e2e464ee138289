import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { aGame, anEventFrame, aPlayer, aStudio, type TestPlayer, TestSocket } from '../testing/client.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';

let engine: TestEngine;
let player: TestPlayer;

before(async () => {
  engine = await startTestEngine(memoryLog());
  const studio = await aStudio(engine);
  player = await aPlayer(engine, studio, await aGame(engine, studio));
});
after(() => engine.stop());

const event = () => ({
  id: randomUUID(),
  type: 'player.kill',
  at: '2026-01-01T00:00:00Z',
  data: { killCount: 3 },
  context: {},
});
const seeds: (() => Record<string, unknown>)[] = [
  () => anEventFrame(),
  () => ({ type: 'game_events', id: randomUUID(), events: [event(), event(), event()] }),
  () => ({ type: 'chat_message', id: randomUUID(), text: 'hi', lang: 'en' }),
  () => ({ type: 'feedback', id: randomUUID(), actionId: randomUUID(), reaction: 'like' }),
  () => ({ type: 'hello', protocol: 1, token: 'x', resume: '1:1' }),
  () => ({ type: 'ping' }),
];

const nasty = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    -1,
    1e308,
    '',
    null,
    [],
    {},
    '\u0000',
    '\ud800',
    'x'.repeat(5_000),
  ),
  fc.constantFrom<unknown>(...['player.kill', 'custom.', 'custom.a b', 'hello', '0:-1', '9'.repeat(60)]),
);
const change = fc.record({ where: fc.nat(), what: nasty, how: fc.constantFrom('set', 'remove', 'add') });
const frame = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 3 })).map(mutated),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.string({ maxLength: 4 })).map(spliced),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

type Change = { where: number; what: unknown; how: string };

/** Some place of the frame, at any depth, holds something else, or something more, or is gone. */
function mutated([seed, changes]: [() => Record<string, unknown>, Change[]]): string {
  const whole = seed();
  for (const { where, what, how } of changes) {
    const places: [Record<string, unknown>, string][] = [];
    const walk = (part: unknown) => {
      if (typeof part !== 'object' || part === null) return;
      for (const key of Object.keys(part)) {
        places.push([part as Record<string, unknown>, key]);
        walk((part as Record<string, unknown>)[key]);
      }
    };
    walk(whole);
    const [parent, key] = places[where % places.length] ?? [whole, 'type'];
    if (how === 'remove') delete parent[key];
    else
      Object.defineProperty(parent, how === 'set' ? key : String(what), {
        value: what,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return JSON.stringify(whole);
}

function spliced([seed, where, text]: [() => Record<string, unknown>, number, string]): string {
  const whole = JSON.stringify(seed());
  const at = where % whole.length;
  return whole.slice(0, at) + text + whole.slice(at + (where % 3));
}

it('thousands of frames that are nearly right, or not at all: every answer is a frame, and nothing breaks', async () => {
  const frames = fc.sample(frame, { numRuns: 2_500, seed: Date.now() & 0xffff });
  let socket = await TestSocket.enter(engine, player.token);
  let answers = 0;
  for (let at = 0; at < frames.length; at += 8) {
    const sent = frames.slice(at, at + 8);
    for (const text of sent) socket.send(text);
    // The answers of a block have come when its last, which is good, has been acked; then nine may be wrong again.
    const ack = await socket.ask(anEventFrame('custom.last')).catch(() => null);
    assert.ok(ack?.type === 'ack' || socket.closed, JSON.stringify([sent, ack]));
    for (const answer of socket.frames) {
      answers++;
      if (answer.type !== 'error') continue;
      assert.ok(answer.code !== 'internal', JSON.stringify([sent, answer]));
      assert.doesNotMatch(answer.message, /\bat .*\.[jt]s\b|node_modules|undefined is|Cannot read/);
    }
    socket.frames.length = 0;
    if (socket.closed) {
      assert.ok([4400, 4401, 1009].includes(socket.closed.code), JSON.stringify([sent, socket.closed]));
      socket = await TestSocket.enter(engine, player.token);
    }
  }
  assert.ok(answers > 2_000, String(answers));
  socket.close();
  assert.deepEqual(engine.bugs, []);
});
