import { closeSync, existsSync, ftruncateSync, openSync, readSync, statSync } from 'node:fs';
import { type Database, open, type RootDatabase } from 'lmdb';
import { crc32 } from './crc32.js';
import { EngineError } from './types.js';

export type Tree = Database<Buffer, Buffer>;

/**
 *     log      position                         -> record
 *     names    stream name                      -> stream number
 *     index    stream number, 0                 -> its floor: the first revision that was not scavenged
 *              stream number, 1, revision       -> position
 *              stream number, 2, event id       -> revision, in a log that began in format 1 or 2
 *              stream number, 3                 -> the first revision after those before it
 *     gaps     first scavenged position of some -> last of them
 *     ids      run, block                       -> fingerprints of event ids, with their revisions
 *     filters  run, block                       -> what is certainly not in that block
 *     tail     position                         -> what the trees above do not hold yet of a commit
 *     meta     'format', 'state', 'id'          -> format version, how far the trees have come, the log's own id
 */
export type Trees = {
  root: RootDatabase<Buffer, Buffer>;
  log: Tree;
  names: Tree;
  index: Tree;
  /** Not there in a log of format 1 that is read as it is. */
  gaps: Tree | undefined;
  /** Not there, like the next ones, in a log of format 1 or 2 that is read as it is. */
  ids: Tree | undefined;
  filters: Tree | undefined;
  tail: Tree | undefined;
  meta: Tree;
};

/** One thing to put into a tree, or without a value to take out of it. */
export type Change = { tree: Tree; key: Buffer; value?: Buffer };

export const FILE = 'log.mdb';
/**
 * 2: events may have been scavenged. 3: the index follows the log; all is in it where one of before goes on.
 * 4: the newest events may be in the write-ahead file beside it (`wal.ts`).
 */
export const FORMAT = 4;
/** From this one on the index follows the log. */
export const FOLLOWED = 3;
const FORMAT_KEY = Buffer.from('format');
const LMDB_MAGIC = 0xbeefc0de;

/** Where the two meta pages of lmdb hold what is looked at here. */
const META = { magic: 24, pageSize: 48, lastPage: 144, end: 152 };

/** lmdb takes a file at its word, and ends the process over one that is not its own. */
export function checkFile(path: string, what: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  if (metaOf(path) !== undefined) return;
  throw new EngineError('corrupt', `${what} is damaged: it does not begin as a log does`);
}

/**
 * A file that was cut off is filled up with zeros, which lmdb tells from a page: reading where a file has no
 * more would end the process. Also a file that is whole may end before its last page, when nothing is in that.
 */
export function fillUp(path: string): void {
  const meta = existsSync(path) ? metaOf(path) : undefined;
  if (meta === undefined) return;
  const file = openSync(path, 'r+');
  const end = (meta.lastPage + 1) * meta.pageSize;
  if (statSync(path).size < end) ftruncateSync(file, end);
  closeSync(file);
}

/** undefined: it is no file of lmdb. The second meta page is the same but for the numbers of its transaction. */
function metaOf(path: string): { pageSize: number; lastPage: number } | undefined {
  const file = openSync(path, 'r');
  try {
    const read = (from: number) => {
      const page = Buffer.alloc(META.end);
      const whole = readSync(file, page, 0, META.end, from) === META.end;
      return whole && page.readUInt32LE(META.magic) === LMDB_MAGIC ? page : undefined;
    };
    const first = read(0);
    const pageSize = first?.readUInt32LE(META.pageSize) ?? 0;
    const second = pageSize < 512 || pageSize > 65_536 ? undefined : read(pageSize);
    if (first === undefined || second === undefined) return undefined;
    const lastPage = Math.max(...[first, second].map((page) => Number(page.readBigUInt64LE(META.lastPage))));
    return lastPage < 2 ** 40 ? { pageSize, lastPage } : undefined;
  } finally {
    closeSync(file);
  }
}

/** `what` is what an error names. @throws EngineError `newer_format`, the file being left as it is; `corrupt`. */
export function openTrees(
  path: string,
  { what, readOnly = false }: { what: string; readOnly?: boolean },
): Trees {
  const binary = { encoding: 'binary', keyEncoding: 'binary' } as const;
  const root = open<Buffer, Buffer>({
    path,
    ...binary,
    // With it a write would be told done before it is on the disk.
    overlappingSync: false,
    // With it a commit that fails may also end the process, by a promise that nobody has.
    eventTurnBatching: false,
    maxDbs: 12,
    readOnly,
  });
  const tree = (name: string, create: boolean): Tree => {
    try {
      return root.openDB<Buffer, Buffer>({ name, ...binary, create } as { name: string });
    } catch (error) {
      if ((error as Error).message !== 'Database not found') throw error;
      throw new EngineError('corrupt', `${what} is damaged: a part of it (${name}) is missing`);
    }
  };
  // What was once made is not made again: a log whose page of trees was lost would be served as an empty one.
  const meta = tree('meta', entriesOf(root) === 0);
  const format = formatOf(meta);
  checkFormat(format ?? FORMAT, what);
  const isUnfinished = format === undefined;
  const gaps = readOnly && format === 1 ? undefined : tree('gaps', isUnfinished || format === 1);
  const isOld = format !== undefined && format < FOLLOWED;
  const follower = (name: string) => (readOnly && isOld ? undefined : tree(name, isUnfinished || isOld));
  const [ids, filters, tail] = ['ids', 'filters', 'tail'].map(follower);
  const [log, names, index] = ['log', 'names', 'index'].map((name) => tree(name, isUnfinished));
  return { root, log: log!, names: names!, index: index!, gaps, ids, filters, tail, meta };
}

/** How many there are, as lmdb counts. */
export const entriesOf = (tree: Tree) => (tree.getStats() as { entryCount: number }).entryCount;

/** undefined: the log was being made for the first time, and never was used. */
export function formatOf(meta: Tree): number | undefined {
  const found = meta.get(FORMAT_KEY);
  return found === undefined ? undefined : Number(found.toString());
}

function checkFormat(format: number, what: string): void {
  if (format >= 1 && format <= FORMAT) return;
  const why = format > FORMAT ? 'was written by a newer version of this program' : 'cannot be read';
  throw new EngineError('newer_format', `${what} ${why} (format ${format}, this one reads 1 to ${FORMAT})`);
}

export const formatChange = (meta: Tree): Change => ({
  tree: meta,
  key: FORMAT_KEY,
  value: Buffer.from(String(FORMAT)),
});

export function apply(changes: Change[]): void {
  for (const { tree, key, value } of changes) {
    if (value === undefined) tree.remove(key);
    else tree.put(key, value);
  }
}

export function lastKey(tree: Tree): Buffer | undefined {
  for (const key of tree.getKeys({ reverse: true, limit: 1 })) return key;
  return undefined;
}

/** Behind its checksum: nothing else would tell a flipped bit in it. */
export function sealed(bytes: Buffer): Buffer {
  const seal = Buffer.allocUnsafe(4);
  seal.writeUInt32LE(crc32(bytes), 0);
  return Buffer.concat([seal, bytes]);
}

/** @throws EngineError `corrupt` */
export function unsealed(bytes: Buffer | undefined, what: string): Buffer {
  if (bytes === undefined) throw new EngineError('corrupt', `the log is damaged: ${what} is missing`);
  const content = bytes.subarray(4);
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === crc32(content)) return content;
  throw new EngineError('corrupt', `the log is damaged: the checksum of ${what} is wrong`);
}
