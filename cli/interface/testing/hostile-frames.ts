import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { WebSocket } from 'ws';
import { anEventFrame, TestSocket } from '../../../gateway/testing/client.js';
import { frameSeeds, innerIn, mutation, secretIn } from './nasty.js';

type Send = { text: string; how: 'text' | 'binary' | 'pieces' | 'bytes' | 'raw'; seed: number };

const frame: fc.Arbitrary<Send> = fc.record({
  text: fc.tuple(fc.constantFrom(...frameSeeds), mutation).map(([seed, mutate]) => mutate(seed())),
  how: fc.oneof(
    { weight: 30, arbitrary: fc.constant('text' as const) },
    { weight: 1, arbitrary: fc.constantFrom('binary' as const, 'pieces' as const, 'bytes' as const) },
    { weight: 1, arbitrary: fc.constant('raw' as const) },
  ),
  seed: fc.nat(),
});

/** Frames by hand (RFC 6455): reserved bits and codes, a control frame in pieces or too long, none that ends, no mask. */
const raw = [
  'f100',
  '8300',
  '0900',
  '89fe00ff',
  '8100',
  '817f7fffffffffffffff',
  '88810000000001',
  '80800000',
];

function send(socket: WebSocket, { text, how, seed }: Send): void {
  if (how === 'text') socket.send(text);
  if (how === 'binary') socket.send(Buffer.from(text), { binary: true });
  // Text that is no UTF-8.
  if (how === 'bytes') socket.send(Buffer.from([0xc3, 0x28, seed & 255, 0xff]), { binary: false });
  if (how === 'pieces') {
    const at = seed % (text.length + 1);
    socket.send(text.slice(0, at), { fin: false });
    socket.send(text.slice(at), { fin: true });
  }
  const { _socket } = socket as unknown as { _socket: { write(data: Buffer): void } };
  if (how === 'raw') _socket.write(Buffer.from(raw[seed % raw.length]!, 'hex'));
}

const BLOCK = 8;
const ENDS = [1002, 1003, 1006, 1007, 1009, 4400, 4401];

const isOpen = ({ socket }: TestSocket) => socket.readyState === socket.OPEN;

async function acked(socket: TestSocket): Promise<void> {
  const last = anEventFrame('custom.last');
  socket.send(last);
  const done = () => socket.of('ack').some(({ id }) => id === last.id) || !isOpen(socket) || undefined;
  await socket.wait(done, 'an ack');
}

type Aim = { url: string; token: string; secrets: readonly string[] };

/** Every answer is a frame of the protocol and tells nothing; what is good between is acked. Returns how many answers there were. */
export async function sendHostileFrames(
  { url, token, secrets }: Aim,
  how: { count: number; seed: number },
): Promise<number> {
  const frames = fc.sample(frame, { numRuns: how.count, seed: how.seed });
  let answers = 0;
  let socket = await TestSocket.enter({ url }, token);
  for (let at = 0; at < frames.length; at += BLOCK) {
    const sent = frames.slice(at, at + BLOCK);
    const told = () => JSON.stringify([how.seed, sent, socket.frames.slice(-3), socket.closed]);
    for (const one of sent) send(socket.socket, one);
    // The answers of a block have come when its last, which is good, has been acked, or the socket is being closed.
    await acked(socket).catch(() => assert.fail(told()));
    for (const answer of socket.frames) {
      answers++;
      assert.equal(secretIn(JSON.stringify(answer), secrets), null, told());
      if (answer.type !== 'error') continue;
      assert.notEqual(answer.code, 'internal', told());
      assert.equal(innerIn(answer.message), null, told());
    }
    socket.frames.length = 0;
    if (isOpen(socket)) continue;
    // Who broke the protocol does not wait for the other's farewell.
    socket.close();
    assert.ok(ENDS.includes((await socket.ended()).code), told());
    socket = await TestSocket.enter({ url }, token);
  }
  socket.close();
  return answers;
}
