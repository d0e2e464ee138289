import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { putCluster } from '../../../projections/testing/cluster.js';

/** Real processes of this build, and what can be seen of them from outside. Linux: it reads /proc. */

export const main = fileURLToPath(new URL('../../../main.js', import.meta.url));

export type RunOptions = {
  env?: Record<string, string>;
  uid?: number;
  /** Put before `node main.js …`, such as `unshare -m sh -c '…; exec "$@"' -`. */
  wrap?: string[];
};

export type Ran = { code: number | null; out: string; err: string; ms: number };

export type Engine = {
  pid: number;
  url: string;
  readyMs: number;
  out(): string;
  err(): string;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** Nothing that is set where the tests run reaches what is tested. */
export const environment = (env: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: tmpdir(),
  PORT: '0',
  ...env,
});

function spawnMain(args: string[], { env, uid, wrap = [] }: RunOptions): ChildProcess {
  const [file, ...rest] = [...wrap, process.execPath, main, ...args];
  const options: SpawnOptions = {
    env: environment(env),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  };
  return spawn(file!, rest, options);
}

/** A verb from start to end; killed, and an error, when it takes longer. */
export async function run(args: string[], options: RunOptions = {}, withinMs = 120_000): Promise<Ran> {
  const since = performance.now();
  const child = spawnMain(args, options);
  const said = listen(child);
  const exited = exitOf(child);
  const code = await Promise.race([exited, sleep(withinMs, null, { ref: false })]);
  if (code) return { code: code.code, ...said, ms: performance.now() - since };
  killTree(child.pid!);
  throw new Error(`agl ${args.join(' ')} did not end within ${withinMs} ms\n${said.out}${said.err}`);
}

const READY_WITHIN_MS = 120_000;
const running = new Set<number>();

/** The engine on a data folder, once it has said that it is ready. */
export async function startEngine(dir: string, options: RunOptions = {}): Promise<Engine> {
  const since = performance.now();
  const child = spawnMain(['start'], { ...options, env: { AGL_DATA_DIR: dir, ...options.env } });
  running.add(child.pid!);
  const said = listen(child);
  const exited = exitOf(child);
  void exited.then(() => running.delete(child.pid!));
  const url = () => /^ready (https?:\/\/\S+)$/m.exec(said.out)?.[1];
  await until(() => url() !== undefined || child.exitCode !== null, 'the engine is ready', READY_WITHIN_MS);
  if (!url()) throw new Error(`the engine ended with ${child.exitCode}: ${said.err}`);
  return {
    pid: child.pid!,
    url: url()!,
    readyMs: performance.now() - since,
    out: () => said.out,
    err: () => said.err,
    exited,
  };
}

/** The engine on a folder that has a Postgres cluster: making one would take longer than all else of its start. */
export async function openEngine(dir: string, options: RunOptions = {}): Promise<Engine> {
  await putCluster(join(dir, 'postgres'));
  return startEngine(dir, options);
}

function listen(child: ChildProcess): { out: string; err: string } {
  const said = { out: '', err: '' };
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  return said;
}

/** `close` comes when both outputs are read, but a child that outlives the engine may hold them open. */
function exitOf(child: ChildProcess): Engine['exited'] {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => setTimeout(() => resolve({ code, signal }), 100));
  });
}

/** SIGTERM, and the exit that follows. */
export async function stopEngine(engine: Engine): Promise<number | null> {
  signal(engine.pid, 'SIGTERM');
  const end = await Promise.race([engine.exited, sleep(60_000, null, { ref: false })]);
  if (!end) throw new Error(`the engine did not end: ${engine.err()}`);
  return end.code;
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** For the end of a test file, whatever happened in it: no engine of it stays, nor what they wrote. */
export async function cleanUp(dir: string): Promise<void> {
  const left = [...running].flatMap((pid) => [pid, ...treeOf(pid)]);
  for (const pid of left) signal(pid, 'SIGKILL');
  await until(() => !left.some(isAlive), 'all are gone');
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}

function killTree(pid: number): void {
  for (const one of [pid, ...treeOf(pid)]) signal(one, 'SIGKILL');
}

/** All processes below one, nearest first. */
export function treeOf(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(treeOf)];
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    return [];
  }
}

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
  } catch {
    return '';
  }
};

/** All processes of this machine that were given this path. */
export const processesOn = (path: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && commandOf(pid).includes(path));

export const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

/** The process of the embedded event store of this engine. */
export const logNodeOf = (engine: Engine): number | undefined =>
  treeOf(engine.pid).find((pid) => commandOf(pid).includes('embedded/process.js'));

/** The embedded Postgres of this engine: the server itself, not its watchdog nor its workers. */
export const postgresOf = (engine: Engine): number | undefined =>
  treeOf(engine.pid).find((pid) => /bin\/postgres -D /.test(commandOf(pid)));

/**
 * Looks ever less often, so that looking costs what is waited for little. Returns after how many milliseconds it was so.
 * @throws Error saying in vain for what.
 */
export async function until(
  what: () => boolean | Promise<boolean>,
  name: string,
  withinMs = 60_000,
): Promise<number> {
  const since = performance.now();
  while (!(await what())) {
    const waited = performance.now() - since;
    if (waited > withinMs) throw new Error(`not within ${withinMs} ms: ${name}`);
    await sleep(Math.min(250, 20 + waited / 10));
  }
  return performance.now() - since;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** A folder that every user can reach. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'agl-faults-'));
  chmodSync(dir, 0o755);
  return dir;
}

/** What is on stderr when all is said in one line: no stack, no JSON, no second thought. */
export const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
