import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ask, folder, helper, quit, urlOf } from './processes.js';

/** For `skip` of what needs a disk of its own. */
export const noDisks =
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
    ? false
    : 'it may not mount here';

/** Before a command: it sees a small disk of its own there. */
export const withDisk = (size: string, on: string): string[] => [
  ...['unshare', '-m', 'sh', '-c'],
  ...[`mount -t tmpfs -o size=${size} tmpfs ${on}; exec "$@"`, '-'],
];

export type SmallDisk = {
  /** A database whose tables are on the small disk; Postgres' own books and its WAL are elsewhere. */
  url: string;
  /** One whose tables are not. */
  roomy: string;
  /** Until nothing more goes in. */
  fill(): void;
  makeRoom(): void;
  stop(): Promise<void>;
};

/** A real Postgres with a tablespace on a disk that can be full. */
export async function smallDisk(size: string): Promise<SmallDisk> {
  const [dir, disk] = [await folder(), await folder()];
  chmodSync(disk, 0o755);
  const server = await helper(dir, { command: withDisk(size, disk) });
  // As the server sees it.
  const inside = `/proc/${server.process.pid}/root${disk}`;
  const place = join(inside, 'tables');
  const { uid, gid } = statSync(join(dir, 'data'));
  mkdirSync(place, { mode: 0o700 });
  chownSync(place, uid, gid);
  const main = urlOf(server);
  await ask(main, `create tablespace small location '${join(disk, 'tables')}'`);
  await ask(main, 'create database on_small');
  await ask(main, 'create database on_large');
  await ask(main, 'alter database on_small set default_tablespace = small');
  const filler = join(inside, 'filler');
  return {
    url: main.replace(/\/postgres$/, '/on_small'),
    roomy: main.replace(/\/postgres$/, '/on_large'),
    fill: () => fill(filler),
    makeRoom: () => rmSync(filler, { force: true }),
    stop: () => quit(server),
  };
}

/** Until nothing more goes in. */
export function fill(file: string): void {
  const to = openSync(file, 'w');
  try {
    for (let size = 1024 * 1024; size >= 1; ) {
      try {
        writeSync(to, Buffer.alloc(size));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size = Math.floor(size / 16);
      }
    }
  } finally {
    closeSync(to);
  }
}
