import { readFileSync, readlinkSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { storageError } from './store.js';
import { EngineError } from './types.js';

/**
 * Keeps a second process out of a folder. The lock names its holder by process id, the time that process was
 * started (an id is given again) and its process id namespace (each container has its own process 1). Where
 * the id says nothing, from another namespace or without /proc, the beat of the lock file does.
 */
export type Lock = { release(): void };

export type Holder = Identity & { owner: Identity };
type Identity = { pid: number; started: string; namespace: string };

export type LockOptions = {
  dir: string;
  /** The process on whose behalf the holder runs: while it lives, a second process is refused at once. */
  owner?: number;
  /** What a refusal calls the folder, before its path. */
  what?: string;
  /** How long to wait for a holder whose owner is gone, in ms. */
  patience?: number;
};

const BEAT = 1000;
/** A lock file that nobody has touched for so long belongs to nobody. */
const SILENCE = 4000;

/** @throws EngineError `locked`, naming the holder; `storage` when the folder cannot be written. */
export async function acquireLock({ dir, owner, what, patience = 5000 }: LockOptions): Promise<Lock> {
  const path = join(dir, 'lock');
  const self: Holder = { ...identityOf(process.pid), owner: identityOf(owner ?? process.pid) };
  const giveUp = performance.now() + patience;
  for (;;) {
    if (create(path, JSON.stringify(self), dir)) return hold(path, self);
    const found = look(path);
    if (found === undefined) continue;
    if (found.holder === undefined ? found.silent : !(await lives(found.holder, path))) {
      breakLock(path, found.text, dir);
    } else if (performance.now() > giveUp || (found.holder !== undefined && isAlive(found.holder.owner))) {
      throw refusal(`${what ?? 'the log in'} ${dir}`, found.holder);
    } else await sleep(50);
  }
}

function hold(path: string, self: Holder): Lock {
  const mine = JSON.stringify(self);
  const beat = setInterval(() => touch(path), BEAT);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      if (look(path)?.text === mine) unlinkSync(path);
    },
  };
}

function create(path: string, text: string, dir: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', flush: true });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // Created but not filled, as on a full disk: not to be left behind.
    if (look(path)?.text === '') unlinkSync(path);
    throw storageError(error, dir);
  }
}

function look(path: string): { text: string; holder?: Holder; silent: boolean } | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, holder: parseHolder(text), silent: Date.now() - statSync(path).mtimeMs > SILENCE };
  } catch {
    return undefined;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Holder;
    return typeof holder?.pid === 'number' && typeof holder.owner?.pid === 'number' ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Only one process breaks a lock, and only the lock that it has looked at. */
function breakLock(path: string, text: string, dir: string): void {
  const breaking = `${path}.breaking`;
  if (!create(breaking, String(process.pid), dir)) {
    if (look(breaking)?.silent) remove(breaking);
    return;
  }
  if (look(path)?.text === text) remove(path);
  remove(breaking);
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody else was quicker: what matters is that it is gone.
  }
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // The beat is only a help for other namespaces; the next one may succeed.
  }
}

async function lives(holder: Holder, path: string): Promise<boolean> {
  const known = knownAlive(holder);
  if (known !== undefined) return known;
  const before = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const until = performance.now() + SILENCE;
  while (performance.now() < until) {
    await sleep(100);
    const now = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (now !== before) return now !== undefined;
  }
  return false;
}

const isAlive = (identity: Identity) => knownAlive(identity) === true;

/** undefined: it cannot be told from here. */
function knownAlive({ pid, started, namespace }: Identity): boolean | undefined {
  if (namespace !== namespaceOf()) return undefined;
  const stat = statOf(pid);
  if (stat !== undefined) return stat.started === started && !'ZX'.includes(stat.state);
  if (namespace !== '') return false;
  try {
    process.kill(pid, 0);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? undefined : false;
  }
}

const identityOf = (pid: number): Identity => ({
  pid,
  started: statOf(pid)?.started ?? '',
  namespace: namespaceOf(),
});

/** The boot and the process id namespace; empty where there is no /proc. */
function namespaceOf(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

/** State and start time, in clock ticks since the boot, from /proc. The program's name may hold spaces. */
function statOf(pid: number): { state: string; started: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0]!, started: fields[19]! };
  } catch {
    return undefined;
  }
}

function refusal(folder: string, holder: Holder | undefined): EngineError {
  const who = holder === undefined ? 'another process' : `process ${holder.pid}`;
  const owner =
    holder === undefined || holder.owner.pid === holder.pid ? '' : ` (of process ${holder.owner.pid})`;
  return new EngineError('locked', `${folder} is in use by ${who}${owner}`);
}
