import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, open, type RootDatabase } from 'lmdb';
import { corrupt, decodeRecord, type StoredRecord } from './record.js';
import { EngineError } from './types.js';

/**
 * The trees on disk, and nothing else that knows lmdb.
 *
 *     log    position                         -> record
 *     names  stream name                      -> stream number
 *     index  stream number, 1, revision       -> position
 *            stream number, 2, event id       -> revision
 *     meta   'format'                         -> format version
 *
 * All that belongs to one stream lies side by side in `index`, so an append touches a page or two of it
 * however many streams there are; the highest keys tell where to go on, so nothing is scanned at start.
 */
export type Store = {
  lastPosition(): number;
  lastStreamNo(): number;
  streamNo(name: string): number;
  head(streamNo: number): { revision: number; tombstoned: boolean };
  positionOf(streamNo: number, revision: number): number;
  /** The revision at which a stream holds an event id; -1 when it does not. */
  revisionOf(streamNo: number, id: Uint8Array): number;
  /** @throws EngineError `corrupt` */
  record(position: number): StoredRecord;
  /** All or nothing, and on the disk when it resolves. */
  commit(writes: Write[]): Promise<void>;
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

type Tree = Database<Buffer, Buffer>;
type Trees = { root: RootDatabase<Buffer, Buffer>; log: Tree; names: Tree; index: Tree; meta: Tree };

export const FORMAT = 1;
const FILE = 'log.mdb';
const LMDB_MAGIC = 0xbeefc0de;
/** The revision under which a tombstone is indexed: above any other. */
const TOMBSTONE = 2 ** 48 - 1;
/** lmdb keys end at 1978 bytes. */
export const MAX_NAME_BYTES = 1024;

export function openStore(dir: string): Store {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    checkFile(join(dir, FILE), dir);
    const trees = openTrees(dir);
    checkFormat(trees.meta, dir);
    return { ...readingOf(trees), ...writingOf(trees, dir) };
  } catch (error) {
    throw storageError(error, dir);
  }
}

/** lmdb takes a file at its word, and ends the process over one that is not its own. */
function checkFile(path: string, dir: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  readSync(file, head, 0, 4, 24);
  closeSync(file);
  if (head.readUInt32LE(0) === LMDB_MAGIC) return;
  throw new EngineError('corrupt', `the log in ${dir} is damaged: ${FILE} does not begin as a log does`);
}

function openTrees(dir: string): Trees {
  const binary = { encoding: 'binary', keyEncoding: 'binary' } as const;
  // With overlapping sync a write would be told done before it is on the disk.
  const root = open<Buffer, Buffer>({
    path: join(dir, FILE),
    ...binary,
    overlappingSync: false,
    maxDbs: 8,
  });
  const tree = (name: string) => root.openDB<Buffer, Buffer>({ name, ...binary });
  return { root, log: tree('log'), names: tree('names'), index: tree('index'), meta: tree('meta') };
}

function checkFormat(meta: Tree, dir: string): void {
  const key = Buffer.from('format');
  const found = meta.get(key);
  if (found === undefined) meta.putSync(key, Buffer.from(String(FORMAT)));
  const format = Number(found?.toString() ?? FORMAT);
  if (format === FORMAT) return;
  const what = format > FORMAT ? 'was written by a newer version of this program' : 'cannot be read';
  throw new EngineError(
    'newer_format',
    `the log in ${dir} ${what} (format ${found}, this one reads ${FORMAT})`,
  );
}

function readingOf({ log, names, index }: Trees) {
  return {
    lastPosition: () => lastKey(log)?.readUIntBE(0, 6) ?? 0,
    lastStreamNo: () => lastKey(index)?.readUInt32BE(0) ?? 0,
    streamNo: (name: string) => names.get(Buffer.from(name))?.readUInt32BE(0) ?? 0,
    head(streamNo: number) {
      const found = { revision: -1, tombstoned: false };
      const range = { start: revisionKey(streamNo, TOMBSTONE), reverse: true, limit: 2 };
      for (const key of index.getKeys(range)) {
        if (key.readUInt32BE(0) !== streamNo || key[4] !== 1) break;
        const revision = key.readUIntBE(5, 6);
        if (revision === TOMBSTONE) found.tombstoned = true;
        else {
          found.revision = revision;
          break;
        }
      }
      return found;
    },
    positionOf(streamNo: number, revision: number) {
      const found = index.getBinary(revisionKey(streamNo, revision));
      if (found === undefined) throw new EngineError('corrupt', missing(streamNo, revision));
      return found.readUIntBE(0, 6);
    },
    revisionOf: (streamNo: number, id: Uint8Array) =>
      index.getBinary(idKey(streamNo, id))?.readUIntBE(0, 6) ?? -1,
    record(position: number) {
      const bytes = log.getBinary(sixBytes(position));
      if (bytes === undefined) throw corrupt(position, 'it is missing');
      return decodeRecord(bytes, position);
    },
  };
}

function writingOf({ root, log, names, index }: Trees, dir: string) {
  const put = (write: Write) => {
    const position = sixBytes(write.position);
    log.put(position, write.record);
    if (write.newStream !== undefined) names.put(Buffer.from(write.newStream), fourBytes(write.streamNo));
    const tombstone = write.revision < 0;
    index.put(revisionKey(write.streamNo, tombstone ? TOMBSTONE : write.revision), position);
    if (!tombstone) index.put(idKey(write.streamNo, write.id), sixBytes(write.revision));
  };
  return {
    async commit(writes: Write[]) {
      try {
        const done = await root.batch(() => {
          for (const write of writes) put(write);
        });
        if (!done) throw new Error('the transaction was not committed');
        root.resetReadTxn();
      } catch (error) {
        throw storageError(await reasonOf(error), dir);
      }
    },
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

function lastKey(tree: Tree): Buffer | undefined {
  for (const key of tree.getKeys({ reverse: true, limit: 1 })) return key;
  return undefined;
}

function sixBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(6);
  bytes.writeUIntBE(value, 0, 6);
  return bytes;
}

function fourBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value, 0);
  return bytes;
}

function revisionKey(streamNo: number, revision: number): Buffer {
  const key = Buffer.allocUnsafe(11);
  key.writeUInt32BE(streamNo, 0);
  key[4] = 1;
  key.writeUIntBE(revision, 5, 6);
  return key;
}

function idKey(streamNo: number, id: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(21);
  key.writeUInt32BE(streamNo, 0);
  key[4] = 2;
  key.set(id, 5);
  return key;
}
