import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { anySignal } from '../eventstore/abort.js';
import type { EventLog, Position } from '../eventstore/log.js';
import { openCheckpoint, Superseded } from './checkpoints.js';
import { isDatabaseDown, type Logger } from './database.js';
import { followTogether, TAKE_OVER_MS, type TakeFree } from './follow.js';
import { openLocks } from './locks.js';
import { partitionsOf } from './partitions.js';
import type { Projection } from './projection.js';
import { type Course, newCourse, type ProjectionStatus, statusOf, type Watched, waitFor } from './status.js';
import { newTrack, type Surroundings } from './track.js';

export type ProjectionsOptions = {
  log: EventLog;
  pool: Pool;
  projections: readonly Projection[];
  logger: Logger;
};

/** For those who read. */
export type ProjectionsView = {
  /** Each read model: how far, how fast. @throws when the database cannot answer. */
  status(): Promise<ProjectionStatus[]>;
  /** True once every read model has all events up to that position; false when time is up. */
  caughtUp(position: Position, timeoutMs: number): Promise<boolean>;
  /** The same for all that is in the log now. */
  caughtUpWithLog(timeoutMs: number): Promise<boolean>;
};

export type RunningProjections = ProjectionsView & {
  /** Ends after the batch at hand. */
  stop(): Promise<void>;
};

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/**
 * Follows the log and keeps the read models. Resumes by itself when the database or the log was away; of
 * several processes one writes each read model, and another takes over when it ends.
 */
export function startProjections(options: ProjectionsOptions): RunningProjections {
  const stopped = new AbortController();
  const course = newCourse();
  const running = keepRunning(options, course, stopped.signal);
  return {
    ...viewOf(options, course),
    async stop() {
      stopped.abort();
      await running;
    },
  };
}

/** For a process that answers questions about read models which other processes write. */
export const watchProjections = (watched: Watched): ProjectionsView => viewOf(watched, newCourse());

const viewOf = (watched: Watched, course: Course): ProjectionsView => ({
  status: () => statusOf(watched, course),
  caughtUp: (position, timeoutMs) => waitFor(watched, course, { position, timeoutMs }),
  caughtUpWithLog: async (timeoutMs) =>
    waitFor(watched, course, { position: await watched.log.head(), timeoutMs }),
});

async function keepRunning(options: ProjectionsOptions, course: Course, stopped: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!stopped.aborted) {
    const began = Date.now();
    try {
      await session(options, course, stopped);
    } catch (error) {
      course.state = 'retrying';
      const fields = { error: (error as Error).message, retryInMs: wait };
      const expected = isDatabaseDown(error) || error instanceof Superseded;
      if (expected) options.logger.warn(fields, 'the projections pause');
      else options.logger.error(fields, 'the projections failed and start again from their checkpoints');
    }
    course.tracks = new Map();
    if (Date.now() - began > LONGEST_WAIT_MS) wait = FIRST_WAIT_MS;
    await sleep(wait, undefined, { signal: stopped }).catch(() => {});
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
  course.state = 'stopped';
}

/** As long as one lock connection lives. */
async function session(options: ProjectionsOptions, course: Course, stopped: AbortSignal): Promise<void> {
  const { pool, projections, logger } = options;
  const around: Surroundings = { pool, partitions: partitionsOf(pool), logger };
  const locks = await openLocks(pool);
  const { signal: ended, release } = anySignal(stopped, locks.lost);
  const takeFree = () => locks.take(projections.map(({ name }) => name));
  try {
    await takeFree();
    while (!stopped.aborted) {
      await openTracks(options, course, locks.held);
      if (course.tracks.size > 0)
        await followTogether({ ...around, log: options.log, takeFree, ended }, course);
      else await waitForLock(course, takeFree, ended);
      if (locks.lost.aborted) throw new Error('Connection terminated: the locks of the projections are lost');
    }
  } finally {
    release();
    locks.release();
  }
}

async function openTracks(
  options: ProjectionsOptions,
  course: Course,
  held: ReadonlySet<string>,
): Promise<void> {
  for (const projection of options.projections) {
    if (!held.has(projection.name) || course.tracks.has(projection.name)) continue;
    course.tracks.set(projection.name, newTrack(projection, await openCheckpoint(options.pool, projection)));
  }
}

async function waitForLock(course: Course, takeFree: TakeFree, ended: AbortSignal): Promise<void> {
  course.state = 'waiting';
  await sleep(TAKE_OVER_MS, undefined, { signal: ended }).catch(() => {});
  if (!ended.aborted) await takeFree();
}
