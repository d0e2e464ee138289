import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
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

/** lmdb takes a file at its word, and ends the process over one that is not its own. */
export function checkFile(path: string, what: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  readSync(file, head, 0, 4, 24);
  closeSync(file);
  if (head.readUInt32LE(0) === LMDB_MAGIC) return;
  throw new EngineError('corrupt', `${what} is damaged: ${FILE} does not begin as a log does`);
}

/** `dir` is what an error names. @throws EngineError `newer_format`, the file being left as it is. */
export function openTrees(
  path: string,
  { dir, readOnly = false }: { dir: string; readOnly?: boolean },
): Trees {
  const binary = { encoding: 'binary', keyEncoding: 'binary' } as const;
  // With overlapping sync a write would be told done before it is on the disk.
  const root = open<Buffer, Buffer>({ path, ...binary, overlappingSync: false, maxDbs: 8, readOnly });
  const tree = (name: string) => root.openDB<Buffer, Buffer>({ name, ...binary });
  const meta = tree('meta');
  const format = formatOf(meta);
  checkFormat(format, dir);
  const gaps = readOnly && format === 1 ? undefined : tree('gaps');
  return { root, log: tree('log'), names: tree('names'), index: tree('index'), gaps, meta };
}

const formatOf = (meta: Tree): number => Number(meta.get(FORMAT_KEY)?.toString() ?? FORMAT);

function checkFormat(format: number, dir: string): void {
  if (format === FORMAT || format === 1) return;
  const what = format > FORMAT ? 'was written by a newer version of this program' : 'cannot be read';
  throw new EngineError(
    'newer_format',
    `the log in ${dir} ${what} (format ${format}, this one reads ${FORMAT})`,
  );
}

/** Writes down the format of a log that is new, or was of the one before. */
export function upgrade(meta: Tree): void {
  if (meta.get(FORMAT_KEY)?.toString() === String(FORMAT)) return;
  meta.putSync(FORMAT_KEY, Buffer.from(String(FORMAT)));
}
