import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkEnds, nameValue } from './ends.js';
import { checked, type Gap, gapsOf } from './gaps.js';
import { floorKey, idKey, revisionKey, sixBytes, TOMBSTONE } from './keys.js';
import { corrupt, decodeRecord, type StoredRecord } from './record.js';
import { headIn } from './stream-end.js';
import { checkFile, FILE, fillUp, openTrees, type Tree, type Trees, upgrade } from './trees.js';
import { EngineError } from './types.js';

/**
 * The trees on disk, and nothing else that knows lmdb.
 *
 *     log    position                         -> record
 *     names  stream name                      -> stream number
 *     index  stream number, 0                 -> its floor: the first revision that was not scavenged
 *            stream number, 1, revision       -> position
 *            stream number, 2, event id       -> revision
 *     gaps   first scavenged position of some -> last of them
 *     meta   'format'                         -> format version
 *
 * All that belongs to one stream lies side by side in `index`, so an append touches a page or two of it
 * however many streams there are; the highest keys tell where to go on, so nothing is scanned at start.
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

export function openStore(dir: string): Store {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    const path = join(dir, FILE);
    checkFile(path, `the log in ${dir}`);
    fillUp(path);
    const trees = openTrees(path, { what: `the log in ${dir}` });
    upgrade(trees.meta);
    checkEnds(trees);
    return { ...guarded(readingOf(trees), `the log in ${dir}`), ...writingOf(trees, dir) };
  } catch (error) {
    throw storageError(error, dir);
  }
}

export function readingOf({ log, names, index, gaps }: Trees) {
  const accounted = gapsOf(gaps, index);
  const find = (position: number) => {
    const bytes = log.getBinary(sixBytes(position));
    return bytes === undefined ? undefined : decodeRecord(bytes, position);
  };
  const newest = () => lastKey(log)?.readUIntBE(0, 6) ?? 0;
  return {
    gapAt: accounted.gapAt,
    floor: accounted.floor,
    newest,
    lastPosition: () => Math.max(newest(), accounted.lastGapEnd()),
    streamsAfter(name: string, max: number) {
      const start = Buffer.from(`${name}\0`);
      return [...names.getRange({ start, limit: max })].map(({ key, value }) => ({
        name: key.toString(),
        no: value.readUInt32BE(0),
      }));
    },
    lastStreamNo: () => lastKey(index)?.readUInt32BE(0) ?? 0,
    streamNo: (name: string) => names.get(Buffer.from(name))?.readUInt32BE(0) ?? 0,
    head: (streamNo: number) => headIn(index, streamNo, accounted.floor(streamNo)),
    positionOf(streamNo: number, revision: number) {
      const found = index.getBinary(revisionKey(streamNo, revision));
      if (found === undefined) throw new EngineError('corrupt', missing(streamNo, revision));
      return found.readUIntBE(0, 6);
    },
    revisionOf: (streamNo: number, id: Uint8Array) =>
      index.getBinary(idKey(streamNo, id))?.readUIntBE(0, 6) ?? -1,
    find,
    record(position: number) {
      const found = find(position);
      if (found === undefined) throw corrupt(position, 'it is missing');
      return found;
    },
  };
}

function writingOf({ root, log, names, index, gaps }: Trees, dir: string) {
  const put = (write: Write) => {
    const position = sixBytes(write.position);
    log.put(position, write.record);
    if (write.newStream !== undefined) {
      const name = Buffer.from(write.newStream);
      names.put(name, nameValue(name, write.streamNo));
    }
    const tombstone = write.revision < 0;
    index.put(revisionKey(write.streamNo, tombstone ? TOMBSTONE : write.revision), position);
    if (!tombstone) index.put(idKey(write.streamNo, write.id), sixBytes(write.revision));
  };
  const take = (removal: Removal) => {
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
  };
  const transaction = async (change: () => void) => {
    try {
      const done = await root.batch(change);
      if (!done) throw new Error('the transaction was not committed');
      root.resetReadTxn();
    } catch (error) {
      throw storageError(await reasonOf(error), dir);
    }
  };
  return {
    commit: (writes: Write[]) => transaction(() => writes.forEach(put)),
    remove: (removal: Removal) => transaction(() => take(removal)),
    forgetDeadReaders: () => void root.readerCheck(),
    close: () => root.close(),
  };
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
const missing = (no: number, revision: number) =>
  `the log is damaged: revision ${revision} of stream ${no} is missing from its index`;

/** Whatever a read stumbles over is damage, said in one line. */
export function guarded<T extends Record<string, (...args: never[]) => unknown>>(calls: T, what: string): T {
  const guard =
    (call: (...args: never[]) => unknown) =>
    (...args: never[]) => {
      try {
        return call(...args);
      } catch (error) {
        throw damage(error, what);
      }
    };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, guard(call)])) as T;
}

function damage(error: unknown, what: string): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError('corrupt', `${what} is damaged: ${(error as Error).message.split('\n')[0]}`);
}

function lastKey(tree: Tree): Buffer | undefined {
  for (const key of tree.getKeys({ reverse: true, limit: 1 })) return key;
  return undefined;
}
