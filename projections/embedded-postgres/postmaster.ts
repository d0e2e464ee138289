import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a server whose engine has just died may take to notice and stop, milliseconds. */
const DYING_MS = 3_000;
const FAST_STOP_MS = 10_000;
const IMMEDIATE_STOP_MS = 5_000;
/** Above every pid a kernel gives. */
const NO_SUCH_PID = 2_147_483_646;

/**
 * Sees to it that no server of an earlier start runs on this cluster. Only the very process that
 * `postmaster.pid` names is ever stopped, and only after its command line showed that it serves this folder.
 * @throws Error in one line when a living engine uses the cluster, or the old server does not stop.
 */
export async function releaseCluster(data: string): Promise<void> {
  const pid = await postmasterPid(data);
  if (pid === null) return;
  const found = await describeProcess(pid);
  if (!found) return;
  if (!servesFolder(found.command, data)) return disown(data);
  if (await isWatched(found.parent, data)) {
    // Its watchdog stops it as soon as its engine is gone; an engine that lives keeps it.
    if (await gone(pid, DYING_MS, async () => !(await isWatched(found.parent, data)))) return;
    if (await isWatched(found.parent, data)) {
      throw new Error(
        `the embedded Postgres in ${data} is in use by another engine (its server is process ${pid})`,
      );
    }
  }
  if (await stop(pid, 'SIGINT', FAST_STOP_MS)) return;
  if (await stop(pid, 'SIGQUIT', IMMEDIATE_STOP_MS)) return;
  throw new Error(
    `an embedded Postgres of an earlier start (process ${pid}) still uses ${data} and does not stop`,
  );
}

/** The pid that the cluster's lock file names; `null` without one. */
export async function postmasterPid(data: string): Promise<number | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : null;
}

/**
 * The pid of a dead server was given to somebody else. Postgres would take that for a running server. The
 * file stays, with a pid nobody has: its other lines let Postgres find backends that outlived their server.
 */
async function disown(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, [NO_SUCH_PID, ...rest].join('\n'));
}

const servesFolder = (command: string, data: string): boolean =>
  /postgres/.test(command) && command.split(/[\0 ]/).join(' ').includes(`-D ${data}`);

async function isWatched(parent: number, data: string): Promise<boolean> {
  const command = (await describeProcess(parent))?.command ?? '';
  return command.includes('watchdog.js') && command.includes(data);
}

async function stop(pid: number, signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
    throw new Error(
      `an embedded Postgres of an earlier start (process ${pid}) cannot be stopped: ${String(error)}`,
    );
  }
  return gone(pid, withinMs);
}

/** Waits until the process has ended, or `orElse` holds, or time is up. True when it has ended. */
async function gone(pid: number, withinMs: number, orElse?: () => Promise<boolean>): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    if (!(await describeProcess(pid))) return true;
    if (await orElse?.()) return false;
    await sleep(25);
  }
  return false;
}

/** Command line and parent of a living process; `null` for none, a dead one, or where it cannot be told. */
export async function describeProcess(pid: number): Promise<{ command: string; parent: number } | null> {
  if (process.platform === 'linux') {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    if (!command || /^State:\s+[ZX]/m.test(status)) return null;
    return { command, parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0) };
  }
  if (process.platform === 'win32') return null;
  const line = await new Promise<string>((resolve) => {
    execFile('ps', ['-o', 'ppid=,command=', '-p', String(pid)], (_error, stdout) => resolve(stdout.trim()));
  });
  const parts = /^(\d+)\s+(.*)$/.exec(line);
  return parts ? { parent: Number(parts[1]), command: parts[2]! } : null;
}
