import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ahead, aheadOf, type Desk, settleSync } from './ahead.js';
import { checkEnds } from './ends.js';
import { checked, type Gap } from './gaps.js';
import { floorKey, idKey, revisionKey, sixBytes } from './keys.js';
import { type Mover, PACE, type Pace } from './mover.js';
import { guarded, lastIn, moverOn, readingOf } from './reading.js';
import { type Recent, recentOf } from './recent.js';
import type { StoredRecord } from './record.js';
import { logId, upgrade } from './state.js';
import { readTailValue } from './tail.js';
import { apply, type Change, checkFile, FILE, fillUp, openTrees, type Trees } from './trees.js';
import { EngineError } from './types.js';
import { framesAfter, framesIn, openWal, readWal, WAL_FILE } from './wal.js';

/**
 * The log on disk (`trees.ts` says in which form). A commit is one write into the write-ahead file (`wal.ts`); from
 * there many together go into the trees soon (`ahead.ts`): their events into `log`, and what they add to the index
 * into `tail`, so to one end of the log, however large it is and however many its streams. The index proper
 * follows in large, sorted pieces (`mover.ts`); until then what is new is in memory, and read again at start.
 */
export type Store = {
  /** The last position that was given away, whether its event is still there or not. */
  lastPosition(): number;
  /** The position of the newest event that is there; 0 in an empty log. */
  newest(): number;
  lastStreamNo(): number;
  /** The streams after a name, in the order of their names. */
  streamsAfter(name: string, max: number): { name: string; no: number }[];
  streamNo(name: string): number;
  head(streamNo: number): { revision: number; tombstoned: boolean };
  positionOf(streamNo: number, revision: number): number;
  /** The revision at which a stream holds an event id; -1 when it does not. */
  revisionOf(streamNo: number, id: Uint8Array): number;
  /** The first revision of a stream that was not scavenged. */
  floor(streamNo: number): number;
  gapAt(position: number): Gap | undefined;
  /** @throws EngineError `corrupt` */
  record(position: number): StoredRecord;
  /** As `record`, but undefined when there is none. */
  find(position: number): StoredRecord | undefined;
  /** All or nothing, and on the disk when it resolves. */
  commit(writes: Write[]): Promise<void>;
  /** As `commit`. */
  remove(removal: Removal): Promise<void>;
  /** Pages that a reader in another process held on to are free again once that is dead and forgotten. */
  forgetDeadReaders(): void;
  close(): Promise<void>;
};

/** `newStream` is there with the first event of a stream. */
export type Write = {
  record: Buffer;
  position: number;
  streamNo: number;
  revision: number;
  id: Uint8Array;
  newStream?: string;
};

/** Events that go, each stream's from its floor on without a gap, and how its gaps look then. */
export type Removal = {
  positions: number[];
  entries: { streamNo: number; revision: number; id: Uint8Array }[];
  floors: { streamNo: number; floor: number }[];
  gaps: { put: Gap[]; drop: number[] };
};

/** lmdb keys end at 1978 bytes. */
export const MAX_NAME_BYTES = 1024;

export function openStore(dir: string, pace: Pace = PACE): Store {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    const path = join(dir, FILE);
    checkFile(path, `the log in ${dir}`);
    fillUp(path);
    const trees = openTrees(path, { what: `the log in ${dir}` });
    upgrade(trees);
    const mover = moverOn(trees, pace);
    const recent = recentOf();
    const ahead = aheadOf(deskOf({ trees, mover, recent, dir }, pace));
    checkEnds(trees, mover.parts());
    const reading = guarded(readingOf(trees, mover, recent), `the log in ${dir}`);
    return { ...reading, ...writingOf({ trees, mover, ahead, dir }) };
  } catch (error) {
    throw storageError(error, dir);
  }
}

type Ground = { trees: Trees; mover: Mover; dir: string };

/** Takes up what the trees do not have of the write-ahead file. */
function deskOf({ trees, mover, recent, dir }: Ground & { recent: Recent }, pace: Pace): Desk {
  const id = logId(trees)!;
  const path = join(dir, WAL_FILE);
  const frames = framesAfter(framesIn(readWal(path), id), lastIn(trees));
  for (const frame of frames) {
    readTailValue(frame.tail, frame.position, mover.parts()[0]!);
    recent.add(frame);
  }
  // What there is can be read all the same.
  const { failure } = attempt(() => frames.length > 0 && settleSync({ trees, mover, recent }, frames), dir);
  // Without the file every commit waits for the trees.
  const { done: wal } = attempt(() => openWal(path, id), dir);
  const transaction = (changes: Change[]) => committed(trees, dir, () => apply(changes));
  return { trees, mover, recent, wal, pace, failure, transaction };
}

function attempt<T>(job: () => T, dir: string): { done?: T; failure?: EngineError } {
  try {
    return { done: job() };
  } catch (error) {
    return { failure: storageError(error, dir) };
  }
}

async function committed({ root }: Trees, dir: string, change: () => void): Promise<void> {
  try {
    const done = await root.batch(change);
    if (!done) throw new Error('the transaction was not committed');
    root.resetReadTxn();
  } catch (error) {
    throw storageError(await reasonOf(error), dir);
  }
}

function writingOf({ trees, mover, ahead, dir }: Ground & { ahead: Ahead }) {
  const { root } = trees;
  return {
    async commit(writes: Write[]) {
      try {
        await ahead.commit(writes);
      } catch (error) {
        throw storageError(error, dir);
      }
    },
    async remove(removal: Removal) {
      await ahead.settled();
      await committed(trees, dir, () => take(trees, removal));
      for (const part of mover.parts()) {
        for (const { streamNo, floor } of removal.floors) part.scavenged(streamNo, floor);
      }
    },
    forgetDeadReaders: () => void root.readerCheck(),
    async close() {
      await ahead.close();
      await root.close();
    },
  };
}

/** What is in memory only, or in `tail`, is passed over from its stream's floor on. */
function take({ log, index, gaps }: Trees, removal: Removal): void {
  for (const position of removal.positions) log.remove(sixBytes(position));
  for (const { streamNo, revision, id } of removal.entries) {
    index.remove(revisionKey(streamNo, revision));
    index.remove(idKey(streamNo, id));
  }
  for (const { streamNo, floor } of removal.floors) {
    const key = floorKey(streamNo);
    index.put(key, checked(key, floor));
  }
  for (const start of removal.gaps.drop) gaps!.remove(sixBytes(start));
  for (const { start, end } of removal.gaps.put) gaps!.put(sixBytes(start), checked(sixBytes(start), end));
}

const REASON_MS = 1_000;

/** Of a commit that failed lmdb says only later why, by a promise beside the error. */
async function reasonOf(error: unknown): Promise<unknown> {
  const told = (error as { commitError?: Promise<unknown> }).commitError;
  if (!(told instanceof Promise)) return error;
  const reason = told.then(
    () => error,
    (why) => why,
  );
  return Promise.race([reason, sleep(REASON_MS, error, { ref: false })]);
}

/** One clear line for whatever the disk, the file system or lmdb answered. */
export function storageError(error: unknown, dir: string): EngineError {
  if (error instanceof EngineError) return error;
  const { code, message } = error as { code?: string | number; message?: string };
  const told = `${code ?? ''} ${message ?? error}`;
  if (/ENOSPC|no space|EDQUOT|quota/i.test(told)) return storage(`the disk of ${dir} is full`);
  if (/EFBIG|file too large/i.test(told)) return storage(`a file in ${dir} may not grow further`);
  if (/EACCES|EPERM|EROFS|permission|read-only/i.test(told)) return storage(`${dir} cannot be written`);
  if (/ENOTDIR|EEXIST/i.test(told)) return storage(`${dir} is not a folder`);
  return storage(`the log in ${dir} cannot be used: ${(message ?? String(error)).split('\n')[0]}`);
}

const storage = (message: string) => new EngineError('storage', message);
