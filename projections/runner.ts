import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { UnreadableEvent } from '../domain/events/read.js';
import { anySignal } from '../eventstore/abort.js';
import type { Batch, EventLog, PlacedEvent, Position } from '../eventstore/log.js';
import { openCheckpoint, Superseded } from './checkpoints.js';
import { isDatabaseDown, type Logger } from './database.js';
import { flush } from './flush.js';
import { openLocks } from './locks.js';
import { partitionsOf } from './partitions.js';
import type { Projection } from './projection.js';
import { type Recorded, recordedOf } from './recorded.js';
import { type Course, newCourse, type ProjectionStatus, statusOf, type Watched, waitFor } from './status.js';
import { advance, countParked, newTrack, type Surroundings, type Track } from './track.js';

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

const MAX_BATCH = 1_000;
/**
 * Batches smaller than this mean that the log is caught up with. A breath then lets the next one grow, since a
 * transaction costs much the same for one event and for fifty; who waits for a row ends the breath.
 */
const SMALL_BATCH = 100;
const BREATH_MS = 200;
const FLUSH_MS = 1_000;
const TAKE_OVER_MS = 1_000;
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
      if (course.tracks.size > 0) await followTogether(options, course, { around, takeFree, ended });
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

type TakeFree = () => Promise<boolean>;

async function waitForLock(course: Course, takeFree: TakeFree, ended: AbortSignal): Promise<void> {
  course.state = 'waiting';
  await sleep(TAKE_OVER_MS, undefined, { signal: ended }).catch(() => {});
  if (!ended.aborted) await takeFree();
}

/** Tries now and then whether another process let a read model go; calls back when one was taken. */
function watchLocks(takeFree: TakeFree, onTaken: () => void): () => void {
  const timer = setInterval(() => {
    // A failure here means the lock connection broke, which ends the session by itself.
    takeFree().then(
      (taken) => taken && onTaken(),
      () => {},
    );
  }, TAKE_OVER_MS);
  return () => clearInterval(timer);
}

type Session = { around: Surroundings; takeFree: TakeFree; ended: AbortSignal };

/**
 * One reading of the log for all read models of this process, from the one that is farthest behind. Returns
 * when it is told to stop, or when a lock came free and another read model is to join.
 */
async function followTogether(options: ProjectionsOptions, course: Course, session: Session): Promise<void> {
  const joined = new AbortController();
  const { signal, release } = anySignal(session.ended, joined.signal);
  const tracks = [...course.tracks.values()];
  const after = Math.min(...tracks.map((track) => track.position));
  const unwatch = watchLocks(session.takeFree, () => joined.abort());
  let flushed = Date.now();
  course.state = 'running';
  try {
    for await (const batch of options.log.follow(after, { signal, maxBatch: MAX_BATCH })) {
      await advanceAll(tracks, batch, session.around);
      const small = batch.events.length < SMALL_BATCH;
      if (small || Date.now() - flushed > FLUSH_MS) {
        await flush(tracks, options.pool);
        flushed = Date.now();
      }
      if (signal.aborted) return;
      if (small) await breathe(course, signal);
    }
  } finally {
    unwatch();
    release();
  }
}

async function breathe(course: Course, signal: AbortSignal): Promise<void> {
  if (course.awaited > 0) return;
  const ended = new AbortController();
  course.wake = () => ended.abort();
  await sleep(BREATH_MS, undefined, { signal: AbortSignal.any([signal, ended.signal]) }).catch(() => {});
  course.wake = () => {};
}

/** Waits for all, also when one fails: none may still be writing when they start again. */
async function advanceAll(tracks: Track[], batch: Batch, around: Surroundings): Promise<void> {
  const events = readable(batch.events, tracks, around.logger);
  const settled = await Promise.allSettled(
    tracks.map((track) => advance(track, { events, upTo: batch.position }, around)),
  );
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
  const newest = batch.events.at(-1);
  if (newest) for (const track of tracks) track.recordedAt = newest.metadata.recordedAt;
}

/** Those of a batch that some read model is about and that keep to the shapes of the log. */
function readable(events: PlacedEvent[], tracks: Track[], logger: Logger): Recorded[] {
  const types = new Set<string>(tracks.flatMap((track) => track.projection.types));
  return events.flatMap((event) => {
    if (!types.has(event.type)) return [];
    try {
      return recordedOf(event) ?? [];
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      const { stream, position } = event;
      logger.error({ stream, position, reason: error.message }, 'an event is unreadable and passed over');
      countParked(event, tracks);
      return [];
    }
  });
}
