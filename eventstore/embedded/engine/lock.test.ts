import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { acquireLock, type Holder } from './lock.js';
import { temporaryFolder } from './testing.js';

/** A lock file as another process would have left it: this one's, altered. */
async function leave(dir: string, change: (holder: Holder) => Holder): Promise<string> {
  const lock = await acquireLock({ dir });
  const path = join(dir, 'lock');
  const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
  lock.release();
  assert.equal(existsSync(path), false);
  writeFileSync(path, JSON.stringify(change(holder)));
  return path;
}

const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

test('a living holder is refused at once, by its process id', async (t) => {
  const dir = temporaryFolder(t);
  const lock = await acquireLock({ dir });
  await assert.rejects(acquireLock({ dir }), {
    kind: 'locked',
    message: `the log in ${dir} is in use by process ${process.pid}`,
  });
  lock.release();
  (await acquireLock({ dir })).release();
});

test('the lock of a killed process is taken at once', async (t) => {
  const dir = temporaryFolder(t);
  const pid = deadPid();
  await leave(dir, (holder) => ({ ...holder, pid }));
  (await acquireLock({ dir })).release();
});

test('a process id that was given again is not the holder', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const dir = temporaryFolder(t);
  await leave(dir, (holder) => ({ ...holder, started: '1' }));
  (await acquireLock({ dir, patience: 0 })).release();
});

test('a dying holder is waited for, and in vain only so long', async (t) => {
  const dir = temporaryFolder(t);
  const pid = deadPid();
  const path = await leave(dir, (holder) => ({ ...holder, owner: { ...holder.owner, pid } }));
  await assert.rejects(acquireLock({ dir, patience: 200 }), /in use by process \d+ \(of process \d+\)/);
  setTimeout(() => rmSync(path), 100);
  (await acquireLock({ dir })).release();
});

test('a holder in another container is known by its beat', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const dir = temporaryFolder(t);
  const path = await leave(dir, (holder) => ({ ...holder, pid: 1, namespace: 'another' }));
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), 200);
  await assert.rejects(acquireLock({ dir, patience: 0 }), /in use by process 1/);
  clearInterval(beat);
  (await acquireLock({ dir, patience: 0 })).release();
});

test('a lock file without a word belongs to nobody once it is old', async (t) => {
  const dir = temporaryFolder(t);
  const path = join(dir, 'lock');
  writeFileSync(path, '');
  await assert.rejects(acquireLock({ dir, patience: 100 }), /in use by another process/);
  const old = new Date(Date.now() - 60_000);
  utimesSync(path, old, old);
  (await acquireLock({ dir, patience: 0 })).release();
});
