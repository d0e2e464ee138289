import { closeSync, existsSync, ftruncateSync, openSync, readSync, statSync } from 'node:fs';
import { type Database, open, type RootDatabase } from 'lmdb';
import { EngineError } from './types.js';

export type Tree = Database<Buffer, Buffer>;
export type Trees = {
  root: RootDatabase<Buffer, Buffer>;
  log: Tree;
  names: Tree;
  index: Tree;
  /** Not there in a log of format 1 that is read as it is. */
  gaps: Tree | undefined;
  meta: Tree;
};

export const FILE = 'log.mdb';
/** 2: events may have been scavenged. Format 1 lies as this one does, with nothing scavenged. */
export const FORMAT = 2;
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
  // With overlapping sync a write would be told done before it is on the disk.
  const root = open<Buffer, Buffer>({ path, ...binary, overlappingSync: false, maxDbs: 8, readOnly });
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
  const [log, names, index] = ['log', 'names', 'index'].map((name) => tree(name, isUnfinished));
  return { root, log: log!, names: names!, index: index!, gaps, meta };
}

/** How many there are, as lmdb counts. */
export const entriesOf = (tree: Tree) => (tree.getStats() as { entryCount: number }).entryCount;

/** undefined: the log was being made for the first time, and never was used. */
function formatOf(meta: Tree): number | undefined {
  const found = meta.get(FORMAT_KEY);
  return found === undefined ? undefined : Number(found.toString());
}

function checkFormat(format: number, what: string): void {
  if (format === FORMAT || format === 1) return;
  const why = format > FORMAT ? 'was written by a newer version of this program' : 'cannot be read';
  throw new EngineError('newer_format', `${what} ${why} (format ${format}, this one reads ${FORMAT})`);
}

/** Writes down the format of a log that is new, or was of the one before. */
export function upgrade(meta: Tree): void {
  if (formatOf(meta) === FORMAT) return;
  meta.putSync(FORMAT_KEY, Buffer.from(String(FORMAT)));
}
