import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Position } from '../../eventstore/log.js';
import type { ModelFiles } from '../emotion-model/models.js';
import type { Row } from './define.js';
import {
  type Bundle,
  type FromWorker,
  InsightFailed,
  InsightInterrupted,
  type PlayerRows,
  type Share,
  type Task,
  tookTooLong,
} from './messages.js';
import { sharesOf } from './shares.js';

export type Limits = {
  /** How many processes share the players. */
  parallel: number;
  /** Of each process. */
  memoryMiB: number;
  /** For all of it. */
  timeoutS: number;
};

export type Question = Omit<Share, 'streams'> & {
  bundle: Bundle;
  limits: Limits;
  /** Whom a game may ask what is felt. */
  models: ModelFiles;
  /** How far it is, from 0 to 1. */
  onProgress?: (share: number) => void;
};

export type Answer = { rows: Row[]; players: number; events: number; unreadable: number };

/**
 * Puts the question to all of the history up to a position. The same history gives the same rows, however many
 * processes there are.
 * @throws InsightFailed with one clear line; no process is left then.
 */
export async function ask({
  bundle,
  limits,
  models,
  onProgress = () => {},
  ...share
}: Question): Promise<Answer> {
  const workers: ChildProcess[] = [];
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    for (const worker of workers) worker.kill('SIGKILL');
  }, limits.timeoutS * 1000);
  const work = async (task: Task, hear: (message: FromWorker) => void) => {
    const worker = launched(limits.memoryMiB);
    workers.push(worker);
    try {
      await finished(worker, task, { hear, memoryMiB: limits.memoryMiB });
    } catch (error) {
      throw late ? tookTooLong(limits.timeoutS) : error;
    }
  };
  try {
    return await foldAll(work, { bundle, limits, models, share, onProgress });
  } finally {
    clearTimeout(deadline);
    for (const worker of workers) worker.kill('SIGKILL');
  }
}

type Work = (task: Task, hear: (message: FromWorker) => void) => Promise<void>;
type Folding = Required<Pick<Question, 'bundle' | 'limits' | 'models' | 'onProgress'>> & {
  share: Omit<Share, 'streams'>;
};

async function foldAll(work: Work, { bundle, limits, models, share, onProgress }: Folding): Promise<Answer> {
  const common = { bundle, models, timeoutS: limits.timeoutS };
  const shares = sharesOf(limits.parallel);
  const reached = shares.map(() => 0);
  const players: PlayerRows[] = [];
  const counts = { events: 0, unreadable: 0 };
  let hasTotal = false;
  const hearing = (n: number) => (message: FromWorker) => {
    if ('at' in message) reached[n] = message.at;
    if ('players' in message) players.push(...message.players);
    if ('done' in message) {
      reached[n] = share.upTo;
      counts.events += message.done.events;
      counts.unreadable += message.done.unreadable;
      hasTotal = message.done.hasTotal;
    }
    const sum = reached.reduce((all: Position, at) => all + at, 0);
    onProgress(sum / Math.max(1, share.upTo * shares.length));
  };
  await Promise.all(
    shares.map((streams, n) => work({ ...common, share: { ...share, streams } }, hearing(n))),
  );
  // In an order that does not tell who was done first.
  players.sort(([one], [other]) => (one < other ? -1 : 1));
  let rows = players.flatMap(([, rows]) => rows);
  if (hasTotal)
    await work({ ...common, total: rows }, (message) => {
      if ('rows' in message) rows = message.rows;
    });
  return { rows, players: players.filter(([, rows]) => rows.length > 0).length, ...counts };
}

const script = fileURLToPath(new URL('./worker.js', import.meta.url));

/** Under Node's permission model: no writing, no processes, no threads, no native code; and with an empty environment. */
export function launched(memoryMiB: number): ChildProcess {
  const released = process.allowedNodeEnvironmentFlags.has('--permission');
  return fork(script, {
    env: {},
    execArgv: [
      released ? '--permission' : '--experimental-permission',
      '--allow-fs-read=*',
      `--max-old-space-size=${memoryMiB}`,
      '--no-warnings',
    ],
    // What an analyst prints goes where people read, not where the result goes.
    stdio: ['ignore', 2, 'pipe', 'ipc'],
  });
}

type Hearing = { hear: (message: FromWorker) => void; memoryMiB: number };

export function finished(worker: ChildProcess, task: Task, { hear, memoryMiB }: Hearing): Promise<void> {
  return new Promise((resolve, reject) => {
    let last = '';
    let done = false;
    worker.stderr!.setEncoding('utf8').on('data', (text: string) => {
      last = (last + text).slice(-20_000);
    });
    worker.on('message', (message: FromWorker) => {
      if ('failed' in message)
        reject(new (message.isItsFault ? InsightFailed : InsightInterrupted)(message.failed));
      if ('done' in message) done = true;
      hear(message);
    });
    worker.once('error', (error) =>
      reject(new InsightInterrupted(`a worker did not start: ${error.message}`)),
    );
    worker.once('close', (code, signal) => {
      if (done) return resolve();
      const outOfMemory = /heap out of memory|heap limit/i.test(last);
      reject(
        new InsightFailed(
          outOfMemory
            ? `a worker needs more than ${memoryMiB} MiB: keep less of each player, or give more with --memory`
            : `a worker ended (${signal ?? `code ${code}`}) before its end: there is no result`,
        ),
      );
    });
    worker.send(task, () => {});
  });
}
