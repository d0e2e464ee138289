import type { Catalog } from './catalog.js';
import { type Plan, planOn } from './plan.js';
import type { Store } from './store.js';
import { EngineError, MAX_APPEND_SIZE, type WriteOutcome, type WriteRequest } from './types.js';

/**
 * Group commit: what arrives while one transaction is being flushed goes into the next one. Only one is
 * ever under way, so each is decided on what is truly on the disk.
 */
export type Writer = {
  /** Durable when it resolves. @throws EngineError `unavailable` once closed, `storage` when the disk fails. */
  write(request: WriteRequest): Promise<WriteOutcome>;
  /** Does something between two commits, alone: nothing else is decided or written meanwhile. */
  between<T>(job: () => Promise<T>): Promise<T>;
  committed(): number;
  /** Resolves when nothing is under way any more; nothing is accepted from then on. */
  close(): Promise<void>;
};

export type WriterHooks = { now(): number; onCommit(): void; onFailure(error: EngineError): void };

type Waiting = {
  request: WriteRequest;
  resolve(outcome: WriteOutcome): void;
  reject(error: unknown): void;
};
type Job = { run(): Promise<void>; reject(error: unknown): void };
type Decided = { waiting: Waiting; outcome: WriteOutcome | EngineError };

/** A commit takes no more than this, so that one flush never keeps the next in line waiting long. */
const MAX_COMMIT_EVENTS = 4096;
const MAX_COMMIT_BYTES = 8 * MAX_APPEND_SIZE;

export function writerOf(store: Store, catalog: Catalog, hooks: WriterHooks): Writer {
  const commits = committerOf(store, catalog, hooks);
  let queue: Waiting[] = [];
  let jobs: Job[] = [];
  let working: Promise<void> | undefined;
  let ended: EngineError | undefined;

  async function work(): Promise<void> {
    // One turn of the loop, so that appends read from the sockets together are committed together.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0 || jobs.length > 0) {
      // One job after each commit, so that neither holds up the other for long.
      if (queue.length > 0) await commitNext();
      await jobs.shift()?.run();
    }
    working = undefined;
  }

  async function commitNext(): Promise<void> {
    const { decided, failed } = await commits.commit(queue);
    queue = queue.slice(decided.length);
    if (failed !== undefined) fail(failed, decided);
    else decided.forEach(settle);
  }

  /** Whether the failed commit reached the disk is unknown: only a fresh start can tell. */
  function fail(error: EngineError, decided: Decided[]): void {
    ended = error;
    for (const { waiting } of decided) waiting.reject(error);
    for (const waiting of [...queue, ...jobs]) waiting.reject(error);
    queue = [];
    jobs = [];
    hooks.onFailure(error);
  }

  return {
    write(request) {
      if (ended !== undefined) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject });
        working ??= work();
      });
    },
    between(job) {
      if (ended !== undefined) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        jobs.push(jobOf(job, { resolve, reject, fail: (error) => fail(error, []) }));
        working ??= work();
      });
    },
    committed: commits.position,
    async close() {
      ended ??= new EngineError('unavailable', 'the log is being closed');
      await working;
    },
  };
}

type Ends<T> = { resolve(value: T): void; reject(error: unknown): void; fail(error: EngineError): void };

function jobOf<T>(job: () => Promise<T>, { resolve, reject, fail }: Ends<T>): Job {
  const run = async () => {
    try {
      resolve(await job());
    } catch (error) {
      reject(error);
      if (error instanceof EngineError && error.kind === 'storage') fail(error);
    }
  };
  return { run, reject };
}

/** Takes what it can from the front of a queue into one transaction. */
function committerOf(store: Store, catalog: Catalog, { now, onCommit }: WriterHooks) {
  let position = store.lastPosition();
  let streamNo = store.lastStreamNo();
  const newest = store.newest();
  let created = newest === 0 ? 0 : store.record(newest).created;
  return {
    position: () => position,
    async commit(queue: Waiting[]): Promise<{ decided: Decided[]; failed?: EngineError }> {
      // Never back, also when the clock is: `$maxAge` finds its place by halving.
      created = Math.max(created, now());
      const { plan, add } = planOn({ store, catalog, position, streamNo, now: created });
      const decided: Decided[] = [];
      try {
        while (decided.length < queue.length && hasRoom(plan)) {
          const waiting = queue[decided.length]!;
          decided.push({ waiting, outcome: decideOne(add, waiting.request) });
        }
        if (plan.writes.length > 0) await store.commit(plan.writes);
      } catch (error) {
        return { decided, failed: error as EngineError };
      }
      for (const [stream, state] of plan.states) catalog.committed(stream, state);
      ({ position, streamNo } = plan);
      if (plan.writes.length > 0) onCommit();
      return { decided };
    },
  };
}

function settle({ waiting, outcome }: Decided): void {
  if (outcome instanceof EngineError) waiting.reject(outcome);
  else waiting.resolve(outcome);
}

/** Damage found while deciding refuses that one request; nothing of it is in the plan yet. */
function decideOne(add: (request: WriteRequest) => WriteOutcome, request: WriteRequest) {
  if (isLate(request)) return { outcome: 'expired' } as const;
  try {
    return add(request);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'corrupt') return error;
    throw error;
  }
}

const hasRoom = (plan: Plan) => plan.writes.length < MAX_COMMIT_EVENTS && plan.bytes < MAX_COMMIT_BYTES;

const isLate = (request: WriteRequest) =>
  request.kind === 'append' && request.deadline !== undefined && request.deadline < performance.now();
