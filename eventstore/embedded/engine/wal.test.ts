import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { encodeFrame, type Frame, framesAfter, framesIn } from './wal.js';

const SECTOR = 512;

const frameOf = (position: number, length: number): Frame => ({
  position,
  tail: randomBytes(50),
  records: [randomBytes(length), randomBytes(length)],
});

test('a file that ends anywhere holds the frames before, whatever was there before it', () => {
  const id = randomBytes(16);
  const frames = [1, 3, 5, 7].map((position, nth) => frameOf(position, 100 + 300 * nth));
  const former = [-7, -5, -3, -1].map((nth) => frameOf(200 + nth, 700));
  const lay = (all: Frame[]) => {
    const laid = all.map((frame) => encodeFrame(id, frame));
    const ends = laid.map((_, nth) =>
      laid.slice(0, nth).reduce((at, { length }) => at + Math.ceil(length / SECTOR) * SECTOR, 0),
    );
    const bytes = Buffer.alloc(16 * SECTOR);
    for (const [nth, frame] of laid.entries()) frame.copy(bytes, ends[nth]);
    return { bytes, ends: laid.map(({ length }, nth) => ends[nth]! + length) };
  };
  const { bytes, ends } = lay(frames);
  for (const before of [Buffer.alloc(0), Buffer.alloc(bytes.length), lay(former).bytes]) {
    for (let cut = 0; cut <= bytes.length; cut++) {
      const file = Buffer.concat([bytes.subarray(0, cut), before.subarray(cut)]);
      // What was there before may by chance be what was cut off.
      const whole = ends.filter((end) => file.subarray(0, end).equals(bytes.subarray(0, end))).length;
      const found = framesIn(file, id).filter(({ position }) => position < 100);
      assert.deepEqual(framesAfter(found, 0), frames.slice(0, whole), `cut at ${cut}`);
      assert.deepEqual(framesAfter(found, 8), []);
    }
  }
  assert.deepEqual(framesIn(bytes, randomBytes(16)), [], 'of another log');
});

test('a flipped bit before a frame that is whole is damage', () => {
  const id = randomBytes(16);
  const frames = [1, 3, 5].map((position) => encodeFrame(id, frameOf(position, 150)));
  const bytes = Buffer.concat(
    frames.map((frame) => Buffer.concat([frame, Buffer.alloc(SECTOR - frame.length)])),
  );
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 1 << (at % 8);
    const [nth, isFrame] = [Math.floor(at / SECTOR), at % SECTOR < frames[0]!.length];
    const found = () => framesAfter(framesIn(flipped, id), 0).length;
    if (!isFrame) assert.equal(found(), 3);
    else if (nth === 2) assert.equal(found(), 2, 'the last one is as if it was never acknowledged');
    else
      assert.throws(found, {
        kind: 'corrupt',
        message: new RegExp(`position ${1 + 2 * nth}: it is missing`),
      });
  }
});
