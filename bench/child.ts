import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Job, Reply, ResultOf } from './load/jobs.js';

const START_WITHIN_MS = 60_000;
/** Beyond its own time: connecting, draining, waiting for the last actions. */
const JOB_PATIENCE_MS = 60_000;
/** A job that is told how many, not how long: events, or streams, it writes. */
const MANY_WITHIN_MS = 1_800_000;

export type Worker = {
  /** One job at a time. @throws Error with what the load process says, or that it says nothing. */
  run<J extends Job>(job: J): Promise<ResultOf<J>>;
  stop(): Promise<void>;
};

/**
 * A load process. It stays for many jobs, so that each side is measured as warm as the other. `node`: arguments for
 * Node itself.
 */
export function startWorker(node?: string[]): Worker {
  const child = forked('./load/worker.js', [], node);
  return {
    async run<J extends Job>(job: J): Promise<ResultOf<J>> {
      const patience = 'measureMs' in job ? job.warmUpMs + job.measureMs + JOB_PATIENCE_MS : MANY_WITHIN_MS;
      child.send(job);
      const reply = (await message(child, patience)) as Reply;
      if ('failed' in reply) throw new Error(reply.failed);
      return reply.result as ResultOf<J>;
    },
    stop: () => stop(child),
  };
}

type Server = { url: string; stop(): Promise<void> };

export async function startEchoServer(): Promise<Server> {
  const { port, ...server } = await startServer('./load/echo-server.js');
  return { url: `ws://127.0.0.1:${port}`, ...server };
}

export async function startNullServer(): Promise<Server> {
  const { port, ...server } = await startServer('./load/null-server.js');
  return { url: `esdb://127.0.0.1:${port}?tls=false`, ...server };
}

/** A process that commits to the disk, in a folder that is there, whenever a byte comes. */
export const startDiskServer = (dir: string) => startServer('./load/disk-server.js', dir);

async function startServer(script: string, ...argv: string[]) {
  const child = forked(script, argv);
  const { port } = (await message(child, START_WITHIN_MS)) as { port: number };
  return { port, stop: () => stop(child) };
}

const forked = (script: string, argv: string[] = [], execArgv: string[] = process.execArgv): ChildProcess =>
  fork(fileURLToPath(new URL(script, import.meta.url)), argv, {
    execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

async function message(child: ChildProcess, withinMs: number): Promise<unknown> {
  const over = new AbortController();
  const late = setTimeout(() => over.abort(), withinMs);
  try {
    return await Promise.race([
      once(child, 'message', { signal: over.signal }).then(([said]) => said),
      once(child, 'exit', { signal: over.signal }).then(([code, signal]) => {
        throw new Error(`a load process ended (${signal ?? `code ${code}`})`);
      }),
    ]);
  } catch (error) {
    if (over.signal.aborted) throw new Error(`a load process said nothing for ${withinMs} ms`);
    throw error;
  } finally {
    clearTimeout(late);
    over.abort();
  }
}

/** It ends when its parent lets go of it. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (child.connected) child.disconnect();
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(late);
}
