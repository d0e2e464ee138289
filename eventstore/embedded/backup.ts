import { fork } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FromCopy } from './copy-process.js';
import { flush } from './engine/flush.js';
import { acquireLock } from './engine/lock.js';
import { storageError } from './engine/store.js';
import { FILE } from './engine/trees.js';
import { EngineError } from './engine/types.js';
import type { Verified } from './engine/verify.js';
import { WAL_FILE } from './engine/wal.js';

export type Copied = { file: string; events: number; lastPosition: number; bytes: number; seconds: number };

/** How far it is, from 0 to 1. */
export type OnProgress = (share: number, step: 'copying' | 'verifying') => void;

const POLL_MS = 100;

/**
 * Copies the log in a folder into a file, also while an engine serves it, and verifies the copy. `to` is a file
 * that is not there, or a folder, in which the file gets a name by the time.
 * @throws Error with one clear line; nothing is left behind then.
 */
export async function backupLog(dir: string, to: string, onProgress: OnProgress = () => {}): Promise<Copied> {
  const since = performance.now();
  const source = join(dir, FILE);
  if (!existsSync(source)) throw new Error(`there is no log in ${dir}`);
  const file = fileIn(to);
  if (existsSync(file)) throw new Error(`${file} is already there`);
  makeFolder(dirname(file));
  const copy = () => inProcess(['copy', source, `${file}.part`], `the log in ${dir}`);
  const verified = await beside({ source, file, name: `the copy of the log in ${dir}`, copy, onProgress });
  return { file, ...verified, seconds: (performance.now() - since) / 1000 };
}

/**
 * Puts a backup into a folder that has no log; what it holds is verified first.
 * @throws Error with one clear line; the folder is as it was then.
 */
export async function restoreLog(
  backup: string,
  dir: string,
  onProgress: OnProgress = () => {},
): Promise<Copied> {
  const since = performance.now();
  if (!statSync(backup, { throwIfNoEntry: false })?.isFile()) throw new Error(`there is no file ${backup}`);
  const file = join(dir, FILE);
  const made = makeFolder(dir);
  try {
    const lock = await acquireLock({ dir });
    try {
      if (existsSync(file)) throw new Error(`there is already a log in ${dir}`);
      // Without its log it says nothing, and it may be of a later time of this one.
      rmSync(join(dir, WAL_FILE), { force: true });
      const copy = async () => void (await copyFile(backup, `${file}.part`));
      const verified = await beside({ source: backup, file, name: `the backup ${backup}`, copy, onProgress });
      return { file, ...verified, seconds: (performance.now() - since) / 1000 };
    } finally {
      lock.release();
    }
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    throw error;
  }
}

function fileIn(to: string): string {
  const isFolder = to.endsWith('/') || to.endsWith(sep) || (existsSync(to) && statSync(to).isDirectory());
  return isFolder ? join(to, `agl-log-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.mdb`) : to;
}

/** Returns the first folder that was made, if one was. */
function makeFolder(dir: string): string | undefined {
  try {
    return mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw storageError(error, dir);
  }
}

type Beside = {
  source: string;
  file: string;
  /** What an error calls the copy. */
  name: string;
  copy(): Promise<unknown>;
  onProgress: OnProgress;
};

/** Writes a file beside its place, verifies it, and only then gives it its name. */
async function beside({
  source,
  file,
  name,
  copy,
  onProgress,
}: Beside): Promise<Verified & { bytes: number }> {
  const part = `${file}.part`;
  remove(part);
  const size = statSync(source).size;
  const watch = setInterval(() => {
    onProgress(Math.min(1, (statSync(part, { throwIfNoEntry: false })?.size ?? 0) / size), 'copying');
  }, POLL_MS);
  try {
    await copy();
    clearInterval(watch);
    const verified = await inProcess(['verify', part, name], name, (share) => onProgress(share, 'verifying'));
    flush(part);
    const bytes = statSync(part).size;
    renameSync(part, file);
    flush(dirname(file));
    return { ...verified!, bytes };
  } catch (error) {
    throw storageError(error, dirname(file));
  } finally {
    clearInterval(watch);
    remove(part);
  }
}

function remove(part: string): void {
  for (const file of [part, `${part}-lock`]) rmSync(file, { force: true });
}

/** @throws Error, in one line also when the process ends without a word. */
function inProcess(args: string[], what: string, onShare: (share: number) => void = () => {}) {
  const script = fileURLToPath(new URL('./copy-process.js', import.meta.url));
  const child = fork(script, args, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  return new Promise<Verified | undefined>((resolve, reject) => {
    const failed = (message: string) => reject(new EngineError('storage', message));
    let exit = '';
    const ended = () => {
      // What it said may be read only after it has ended.
      if (exit !== '' && !child.connected) failed(`${what} is damaged: reading it ended with ${exit}`);
    };
    child.on('message', (message: FromCopy) => {
      if ('share' in message) onShare(message.share);
      else if ('failed' in message) failed(message.failed);
      else resolve(message.done);
    });
    child.once('error', reject);
    child.once('disconnect', ended);
    child.once('exit', (code, signal) => {
      exit = signal ?? `code ${code}`;
      ended();
    });
  });
}
