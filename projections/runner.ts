import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { anySignal } from '../eventstore/abort.js';
import type { EventLog, Position } from '../eventstore/log.js';
import { isDatabaseDown, type Logger } from './database.js';
import { StoreAway } from './elsewhere.js';
import { readErased } from './erased.js';
import { followTogether, LOOK_MS } from './follow.js';
import { readHalted } from './halted.js';
import { openLocks } from './locks.js';
import { openLive, Superseded } from './models.js';
import { partitionsOf } from './partitions.js';
import type { Projection } from './projection.js';
import { type Build, type Builder, builderOf } from './rebuild/builder.js';
import {
  type Course,
  type Lane,
  newCourse,
  type ProjectionStatus,
  statusOf,
  type Trouble,
  type Watched,
  waitFor,
} from './status.js';
import { tablesOf } from './tables.js';
import { newTrack } from './track.js';

export type ProjectionsOptions = {
  log: EventLog;
  pool: Pool;
  projections: readonly Projection[];
  logger: Logger;
  /** How read models are built anew: elsewhere than here, where what follows the log would have to wait. */
  build?: Build;
};

/** For those who read. */
export type ProjectionsView = {
  /** Each read model: how far, how fast. @throws when the database cannot answer. */
  status(): Promise<ProjectionStatus[]>;
  /**
   * True once the read models have all events up to that position; false when time is up. `names`: those; without it all
   * that are in Postgres.
   */
  caughtUp(position: Position, timeoutMs: number, names?: readonly string[]): Promise<boolean>;
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
  const lanes = lanesOf(options.projections);
  const running = lanes.map(({ projections, course }) =>
    keepRunning({ ...options, projections, all: options.projections }, course, stopped.signal),
  );
  return {
    ...viewOf(options, lanes),
    async stop() {
      stopped.abort();
      await Promise.all(running);
    },
  };
}

/** Those in Postgres go together; each of the others alone: a store that is slow or away holds up no other. */
function lanesOf(projections: readonly Projection[]): Lane[] {
  const apart = projections.filter(({ elsewhere }) => elsewhere !== undefined);
  const together = projections.filter((one) => !apart.includes(one));
  return [together, ...apart.map((one) => [one])]
    .filter((some) => some.length > 0)
    .map((some) => ({ projections: some, course: newCourse() }));
}

/** For a process that answers questions about read models which other processes write. */
export const watchProjections = (watched: Watched): ProjectionsView =>
  viewOf(watched, [{ projections: watched.projections, course: newCourse() }]);

const viewOf = (watched: Watched, lanes: readonly Lane[]): ProjectionsView => ({
  status: () => statusOf(watched, lanes),
  caughtUp: (position, timeoutMs, names) => waitFor(watched, lanes, { position, timeoutMs, names }),
  caughtUpWithLog: async (timeoutMs) =>
    waitFor(watched, lanes, { position: await watched.log.head(), timeoutMs }),
});

async function keepRunning(options: LaneParts, course: Course, stopped: AbortSignal): Promise<void> {
  const parts = { ...options, builder: builderOf(options, stopped) };
  let wait = FIRST_WAIT_MS;
  while (!stopped.aborted) {
    const began = performance.now();
    try {
      await session(parts, course, stopped);
    } catch (error) {
      // What was being written elsewhere is cut short when this is to end.
      if (stopped.aborted && error instanceof StoreAway) break;
      const before = isLongAgo(began) ? null : course.trouble;
      course.trouble = troubleOf(error as Error, course, before);
      course.state = 'retrying';
      const fields = { error: course.trouble.reason, retryInMs: wait };
      const expected = [Superseded, StoreAway].some((kind) => error instanceof kind) || isDatabaseDown(error);
      if (!expected)
        options.logger.error(fields, 'the projections failed and start again from their checkpoints');
      else if (!isTheSame(course.trouble, before)) options.logger.warn(fields, 'the projections pause');
    }
    course.tracks = new Map();
    if (isLongAgo(began)) wait = FIRST_WAIT_MS;
    await sleep(wait, undefined, { signal: stopped }).catch(() => {});
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
  await parts.builder.ended();
  course.state = 'stopped';
}

const isLongAgo = (moment: number): boolean => performance.now() - moment > LONGEST_WAIT_MS;

function troubleOf({ message }: Error, { tracks }: Course, before: Trouble | null): Trouble {
  const now = [...tracks].map(([name, { model }]) => [name, model.position] as const);
  return { reason: message, at: new Map([...(before?.at ?? []), ...now]) };
}

/** Nothing was written in between: it lasts, and has been told. */
const isTheSame = ({ reason, at }: Trouble, before: Trouble | null): boolean =>
  reason === before?.reason && [...at].every(([name, position]) => before.at.get(name) === position);

/** `projections` are those of the lane. */
type LaneParts = ProjectionsOptions & { all: readonly Projection[] };
type SessionParts = LaneParts & { builder: Builder };

/** As long as one lock connection lives. */
async function session(options: SessionParts, course: Course, stopped: AbortSignal): Promise<void> {
  const { pool, projections, logger, log, builder } = options;
  const locks = await openLocks(pool);
  const { signal: ended, release } = anySignal(stopped, locks.lost);
  const takeFree = () => locks.take(projections.map(lockOf));
  /** True when the read models that are followed are to be opened anew. */
  const look = async () => (await takeFree()) || (await builder.look());
  const live = { pool, log, logger, partitions: partitionsOf(pool), signal: ended };
  try {
    await takeFree();
    while (!stopped.aborted) {
      await openTracks(options, course, { held: locks.held, builder });
      // Nobody waits for them: what is needed now is made by whoever needs it.
      live.partitions.makeAhead(monthly(course), new Date()).catch(() => live.partitions.forget());
      if (course.tracks.size > 0) await followTogether({ ...live, look, ended }, course);
      else await waitForNews(course, look, ended);
      if (locks.lost.aborted) throw new Error('Connection terminated: the locks of the projections are lost');
    }
  } finally {
    release();
    await locks.release();
  }
}

/** Of two versions each has its writer, as long as engines of both are there. */
const lockOf = ({ name, version, madeBy, madeByIsVersion }: Projection) =>
  madeByIsVersion ? `${name}@${version} ${madeBy}` : `${name}@${version}`;

const monthly = ({ tracks }: Course): string[] =>
  [...tracks.values()].flatMap(({ projection }) =>
    tablesOf(projection).flatMap(([name, { byMonth }]) => (byMonth ? [name] : [])),
  );

type Opening = { held: ReadonlySet<string>; builder: Builder };

/** Those that are to be built first are followed when they are there. */
async function openTracks(
  options: ProjectionsOptions,
  course: Course,
  { held, builder }: Opening,
): Promise<void> {
  const open = async (projection: Projection) => {
    const { name } = projection;
    if (!held.has(lockOf(projection))) return;
    const live = await openLive(options.pool, projection);
    if (course.tracks.get(name)?.model.generation === live.generation) return;
    course.tracks.delete(name);
    if (await builder.isToBuild(projection, live)) return;
    const halted = await readHalted(options.pool, name);
    course.tracks.set(name, newTrack(projection, live, { halted, erased: await readErased(options.pool) }));
  };
  await Promise.all(options.projections.map(open));
}

/** Until there is something to open: a lock that another process let go, or what was built first. */
async function waitForNews(course: Course, look: () => Promise<boolean>, ended: AbortSignal): Promise<void> {
  course.state = 'waiting';
  do await sleep(LOOK_MS, undefined, { signal: ended }).catch(() => {});
  while (!ended.aborted && !(await look()));
}
