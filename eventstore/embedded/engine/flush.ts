import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';

/** Has files, and what folders say of theirs, on the disk. */
export function flush(...paths: string[]): void {
  for (const path of paths) {
    const isFolder = statSync(path).isDirectory();
    // A folder cannot be flushed on Windows.
    if (isFolder && process.platform === 'win32') continue;
    const file = openSync(path, isFolder ? 'r' : 'r+');
    fsyncSync(file);
    closeSync(file);
  }
}
