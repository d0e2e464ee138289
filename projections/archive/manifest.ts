import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of an archive: rows of one month of one table, a row a line, as they were at one place in the log. */
export type ArchiveFile = {
  /** Its name within the folder. */
  file: string;
  table: string;
  month: string;
  rows: number;
  bytes: number;
  /** Of the file as it is, compressed. */
  sha256: string;
  /** Rows of events up to here are in it, or in those it follows. */
  upTo: number;
  /** The file with the rows of the month that were archived before; `null`: there were none. */
  follows: string | null;
  model: { name: string; version: number };
  /** Column → its type in Postgres. */
  columns: Record<string, string>;
  archivedAt: string;
};

type Manifest = { format: 1; files: ArchiveFile[] };

/** Something about an archive that is told in one line. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Another process is at the same months: it is a matter of waiting. */
export class ArchiveBusy extends ArchiveError {}

const NAME = 'manifest.json';

/** What a folder holds; nothing where there is no manifest. @throws ArchiveError when it cannot be read. */
export async function readManifest(dir: string): Promise<ArchiveFile[]> {
  const place = join(dir, NAME);
  let text: string;
  try {
    text = await readFile(place, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw folderError(error, dir);
  }
  const manifest = parsed(text);
  if (manifest?.format !== 1 || !Array.isArray(manifest.files))
    throw new ArchiveError(`${place} is damaged, or of a newer version`);
  return manifest.files;
}

function parsed(text: string): Manifest | undefined {
  try {
    return JSON.parse(text) as Manifest;
  } catch {
    return undefined;
  }
}

/** A file of the same name is the same file: its content is in its name. */
export async function addToManifest(dir: string, entry: ArchiveFile): Promise<void> {
  const others = (await readManifest(dir)).filter(({ file }) => file !== entry.file);
  await writeManifest(dir, [...others, entry]);
}

/** What followed the old one follows the other. */
export async function replaceInManifest(dir: string, old: string, entry: ArchiveFile): Promise<void> {
  const others = (await readManifest(dir)).filter(({ file }) => file !== old && file !== entry.file);
  const files = [...others, entry];
  await writeManifest(
    dir,
    files.map((file) => (file.follows === old ? { ...file, follows: entry.file } : file)),
  );
}

async function writeManifest(dir: string, files: ArchiveFile[]): Promise<void> {
  const manifest: Manifest = { format: 1, files };
  const place = join(dir, NAME);
  const file = await open(`${place}.part`, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${place}.part`, place);
  await flushFolder(dir);
}

/** The files that a month is in, the oldest first. @throws ArchiveError when one is not in the manifest. */
export async function filesBefore(dir: string, newest: string): Promise<ArchiveFile[]> {
  const files = await readManifest(dir);
  const found: ArchiveFile[] = [];
  for (let name: string | null = newest; name !== null; ) {
    const entry = files.find(({ file }) => file === name);
    if (!entry || found.includes(entry))
      throw new ArchiveError(`${join(dir, NAME)} does not tell of ${name}`);
    found.unshift(entry);
    name = entry.follows;
  }
  return found;
}

/** What was renamed there is there after a loss of power. */
export async function flushFolder(dir: string): Promise<void> {
  // A folder cannot be flushed on Windows.
  if (process.platform === 'win32') return;
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What a file system says, in a line; whatever else it is stays what it is. */
export function folderError(error: unknown, dir: string): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ArchiveError(`the disk of ${dir} is full`);
  if (code === 'EFBIG') return new ArchiveError(`a file in ${dir} may not grow further`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new ArchiveError(`${dir} cannot be written`);
  if (code === 'ENOTDIR' || code === 'EEXIST') return new ArchiveError(`${dir} is not a folder`);
  if (code === 'EIO') return new ArchiveError(`the disk of ${dir} fails: ${message}`);
  return error as Error;
}
