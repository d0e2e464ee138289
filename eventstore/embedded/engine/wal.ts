import { closeSync, existsSync, fdatasync, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from './crc32.js';
import { flush } from './flush.js';
import { corrupt } from './record.js';

/**
 * The write-ahead file: commits that were acknowledged and may not be in lmdb yet. It has its whole length from the
 * start, so that a write into it neither needs room on the disk nor changes anything but what is in it. Its two
 * halves are filled in turns: one is written over only when all that it holds is in lmdb, on the disk.
 *
 * A commit is a frame at a multiple of 512, so that none is written into a sector of the one before, little endian:
 *
 *     0 u32 magic   4 u32 CRC-32 of all that follows   8 16 bytes the log's own id   24 f64 its first position
 *    32 u32 how many events   36 u32 length of what `tail` gets   40 that, then each record behind its u32 length
 *
 * What is left of a former use of a half has positions that lmdb has too, and so is never taken for new.
 */
export type Frame = { position: number; tail: Buffer; records: Buffer[] };

export type Wal = {
  hasRoom(frame: Frame): boolean;
  /** On the disk when it resolves. One at a time, and only where there is room. */
  write(frame: Frame): Promise<void>;
  /** Goes on in the other half. */
  turn(): void;
  close(): void;
};

export const WAL_FILE = 'log.wal';
const HALF = 512 * 1024;
const SECTOR = 512;
const HEADER = 40;
const MAGIC = 0x4c415741;
const ID_LENGTH = 16;

const flushed = promisify(fdatasync);

/** @throws the file system's error, when the file cannot be there in its whole length */
export function openWal(path: string, id: Buffer): Wal {
  const file = openSync(path, existsSync(path) ? 'r+' : 'wx+');
  try {
    const { size } = fstatSync(file);
    if (size < 2 * HALF) writeAll(file, Buffer.alloc(2 * HALF - size), size);
    if (size < 2 * HALF) flush(path, dirname(path));
  } catch (error) {
    closeSync(file);
    throw error;
  }
  const room = Buffer.alloc(HALF);
  let half = 0;
  let used = 0;
  let open = true;
  return {
    hasRoom: (frame) => used + lengthOf(frame) <= HALF,
    async write(frame) {
      const at = half * HALF + used;
      const bytes = encodeFrame(id, frame, room);
      used += sectors(bytes.length);
      writeAll(file, bytes, at);
      await flushed(file);
    },
    turn() {
      half = 1 - half;
      used = 0;
    },
    close() {
      if (open) closeSync(file);
      open = false;
    },
  };
}

function writeAll(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, at + done);
  }
}

const sectors = (bytes: number) => Math.ceil(bytes / SECTOR) * SECTOR;

const lengthOf = ({ tail, records }: Frame) =>
  records.reduce((sum, record) => sum + 4 + record.length, HEADER + tail.length);

/** The front of `room`. */
export function encodeFrame(id: Buffer, frame: Frame, room = Buffer.alloc(lengthOf(frame))): Buffer {
  const { position, tail, records } = frame;
  const bytes = room.subarray(0, lengthOf(frame));
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.set(id, 8);
  bytes.writeDoubleLE(position, 24);
  bytes.writeUInt32LE(records.length, 32);
  bytes.writeUInt32LE(tail.length, 36);
  bytes.set(tail, HEADER);
  let at = HEADER + tail.length;
  for (const record of records) {
    bytes.writeUInt32LE(record.length, at);
    bytes.set(record, at + 4);
    at += 4 + record.length;
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
  return bytes;
}

/** All that there is in the file's bytes of a log, in the order of the positions. */
export function framesIn(bytes: Buffer, id: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = frameAt(bytes.subarray(at), id);
    if (found !== undefined) frames.push(found.frame);
    at += sectors(found?.length ?? SECTOR);
  }
  return frames.sort((a, b) => a.position - b.position);
}

function frameAt(bytes: Buffer, id: Buffer): { frame: Frame; length: number } | undefined {
  if (bytes.length < HEADER || bytes.readUInt32LE(0) !== MAGIC) return undefined;
  if (!id.equals(bytes.subarray(8, 8 + ID_LENGTH))) return undefined;
  let at = HEADER + bytes.readUInt32LE(36);
  const frame: Frame = { position: bytes.readDoubleLE(24), tail: bytes.subarray(HEADER, at), records: [] };
  const count = bytes.readUInt32LE(32);
  while (frame.records.length < count) {
    // What is not one frame to its end has a length that leads beyond the end sooner or later.
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32LE(at);
    frame.records.push(bytes.subarray(at + 4, end));
    at = end;
  }
  if (at > bytes.length || bytes.readUInt32LE(4) !== crc32(bytes.subarray(8, at))) return undefined;
  return { frame, length: at };
}

/**
 * Those behind a position. The last one may have been torn, and was not acknowledged then; what is missing before
 * one that is there was.
 * @throws EngineError `corrupt`
 */
export function framesAfter(frames: Frame[], position: number): Frame[] {
  const after = frames.filter((frame) => frame.position + frame.records.length - 1 > position);
  let next = position + 1;
  for (const frame of after) {
    if (frame.position !== next) throw corrupt(next, `it is missing from ${WAL_FILE}`);
    next += frame.records.length;
  }
  return after;
}

export const readWal = (path: string): Buffer => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0));
