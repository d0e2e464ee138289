import { Worker } from 'node:worker_threads';
import type { Whisper } from '../../commands/voice/voices.js';
import { backoff } from '../../eventstore/backoff.js';
import type { Logger } from '../logger.js';
import type { Followers, FollowersParts } from './followers.js';

export type Question = { id: number; ask: keyof Followers; args: unknown[] };
export type Answer = { id: number; value?: unknown; error?: { message: string; code?: string } };

/** What nobody asked for, and nobody has to hear. */
export type Aside = { whisper: { playerId: string; frame: object } };

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };

/**
 * The followers in a thread of their own: reading the log back and folding it costs as much as writing it, and
 * what games wait for should not wait for that. A thread that dies is started again; it goes on from its
 * checkpoints.
 */
export function startFollowers(
  parts: FollowersParts,
  logger: Logger,
  whisper: Whisper = () => {},
): Followers {
  const thread = new FollowersThread(parts, logger, whisper);
  return {
    status: () => thread.ask('status'),
    caughtUp: (position, timeoutMs, names) => thread.ask('caughtUp', position, timeoutMs, names),
    caughtUpWithLog: (timeoutMs) => thread.ask('caughtUpWithLog', timeoutMs),
    reacted: () => thread.ask('reacted'),
    voice: () => thread.ask('voice'),
    metrics: () => thread.ask('metrics'),
    embed: (texts) => thread.ask('embed', texts),
    stop: () => thread.stop(),
  };
}

class FollowersThread {
  private worker: Worker;
  private alive = false;
  private stopping = false;
  private deaths = 0;
  private lastId = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor(
    private readonly parts: FollowersParts,
    private readonly logger: Logger,
    private readonly whisper: Whisper,
  ) {
    this.worker = this.launch();
  }

  ask<T>(ask: keyof Followers, ...args: unknown[]): Promise<T> {
    if (!this.alive) return Promise.reject(startAgain());
    return new Promise<T>((resolve, reject) => {
      const id = ++this.lastId;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ask, args } satisfies Question);
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (!this.alive) return;
    const ended = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    await this.ask('stop').catch(() => undefined);
    await ended;
  }

  private launch(): Worker {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: this.parts,
      // Most of what is read back lives for one batch: with more room, less of it is copied.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    this.alive = true;
    worker.on('message', (message: Answer | Aside) => {
      if ('whisper' in message) this.whisper(message.whisper.playerId, message.whisper.frame);
      else this.answered(message);
    });
    worker.on('error', (error) => this.logger.error({ error: String(error.stack) }, 'the followers died'));
    worker.once('exit', () => void this.died());
    return worker;
  }

  private answered({ id, value, error }: Answer): void {
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) asked?.reject(Object.assign(new Error(error.message), { code: error.code }));
    else asked?.resolve(value as never);
  }

  private async died(): Promise<void> {
    this.alive = false;
    for (const { reject } of this.waiting.values()) reject(startAgain());
    this.waiting.clear();
    if (this.stopping) return;
    await backoff(++this.deaths, 5_000);
    if (!this.stopping) this.worker = this.launch();
  }
}

/** SQLSTATE connection_failure: what whoever asks a database takes for "not now". */
const startAgain = () => Object.assign(new Error('the followers start again'), { code: '08006' });
