import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type EventLog, type Position, START } from '../eventstore/log.js';
import { isDatabaseDown } from './database.js';
import { parkedCounts } from './halted.js';
import { isOfVersion, type Model, readModels } from './models.js';
import type { Projection } from './projection.js';
import type { Track } from './track.js';

/** What a runner and those who ask about it share. */
export type Course = {
  /** The read models that this process writes, by name. */
  tracks: Map<string, Track>;
  state: 'running' | 'waiting' | 'retrying' | 'stopped';
  /** What made it begin anew, and where its read models were then; `null`: nothing, or it is long over. */
  trouble: Trouble | null;
  /** How many wait for it right now: then it takes no breath between small batches. */
  awaited: number;
  /** Ends the breath being taken. */
  wake: () => void;
  /** Places in the log for an event, of late: a server may count bytes. */
  stride: number;
};

/** Read models that are followed together, on a way of their own. */
export type Lane = { projections: readonly Projection[]; course: Course };

export type Trouble = { reason: string; at: ReadonlyMap<string, Position> };

export const newCourse = (): Course => ({
  tracks: new Map(),
  state: 'waiting',
  trouble: null,
  awaited: 0,
  wake: () => {},
  stride: 1,
});

export type ProjectionStatus = {
  name: string;
  /** Of the rows that are read. */
  version: number;
  /** Place in the log up to which its rows are complete. */
  position: Position;
  /** Place of the newest event; `null` while the log cannot be asked. */
  head: Position | null;
  lag: {
    /** In units of the log's own positions: 0 when nothing is missing. */
    positions: number | null;
    /** About how many events of the log that is. */
    events: number | null;
    /** Age of the newest event taken in while some are missing, else 0; `null` when not known here. */
    seconds: number | null;
  };
  /**
   * `live`: nothing is missing. `catching_up`: it reads what is. `building`: it is built anew, and what is read
   * stands still meanwhile. `standby`: another process writes it. `retrying`: the database, the log or the store of
   * its rows was away a moment ago, or the database has no room for them. `stopped`: this process writes no more.
   */
  state: 'live' | 'catching_up' | 'building' | 'standby' | 'retrying' | 'stopped';
  /** Why it is `retrying`. */
  trouble: string | null;
  /** Events a second over the last ten seconds, of those it is about. */
  rate: number;
  /** How many events, of those it is about, its rows are made of. */
  events: number;
  /** Events put aside because they could not be read, folded or stored, and those that wait behind them. */
  parked: number;
  /** A generation being built beside the one that is read; `null` when there is none. */
  rebuild: RebuildStatus | null;
};

export type RebuildStatus = {
  version: number;
  position: Position;
  events: number;
  /** Events a second since it began, of those it is about. */
  rate: number;
  /** At that rate; `null` when nobody can tell. */
  secondsLeft: number | null;
  since: string;
  /** Why it stands still. */
  trouble: string | null;
};

export type Watched = { log: EventLog; pool: Pool; projections: readonly Projection[] };

const POLL_MS = 15;

/** @throws when the database cannot answer. */
export async function statusOf(watched: Watched, lanes: readonly Lane[]): Promise<ProjectionStatus[]> {
  const [head, models, parked] = await Promise.all([
    watched.log.head().catch(() => null),
    readModels(watched.pool),
    parkedCounts(watched.pool),
  ]);
  return watched.projections.map((projection) => {
    const { course } = lanes.find(({ projections }) => projections.includes(projection))!;
    const of = (stage: Model['stage']) =>
      models.find((model) => model.name === projection.name && model.stage === stage);
    const known = {
      live: of('live'),
      next: of('next'),
      parked: parked.get(projection.name) ?? 0,
      head,
      course,
    };
    return oneStatus(projection, known);
  });
}

type Known = { live?: Model; next?: Model; parked: number; head: Position | null; course: Course };

function oneStatus(
  { name, version }: Projection,
  { live, next, parked, head, course }: Known,
): ProjectionStatus {
  const track = course.tracks.get(name);
  const position = Math.max(track?.position ?? START, live?.position ?? START);
  const missing = head === null ? null : Math.max(0, head - position);
  const state = stateOf(course, { track, missing, next });
  return {
    name,
    version: live?.version ?? version,
    position,
    head,
    lag: {
      positions: missing,
      events: missing === null ? null : Math.ceil(missing / course.stride),
      seconds: missing === 0 ? 0 : ageInSeconds(track?.recordedAt ?? null),
    },
    state,
    trouble: state === 'retrying' ? (course.trouble?.reason ?? null) : null,
    rate: track?.rate.perSecond() ?? 0,
    events: track?.model.events ?? live?.events ?? 0,
    parked,
    rebuild: next ? rebuildStatus(next, head) : null,
  };
}

type Seen = { track: Track | undefined; missing: number | null; next: Model | undefined };

function stateOf(course: Course, { track, missing, next }: Seen): ProjectionStatus['state'] {
  if (course.state === 'stopped' || course.state === 'retrying') return course.state;
  if (!track) return next?.asked ? 'building' : 'standby';
  if (missing === 0) return 'live';
  return isStuck(course, track) ? 'retrying' : 'catching_up';
}

/** It has begun anew and written nothing since: it may fail again in a moment. */
const isStuck = ({ trouble }: Course, { projection, model }: Track): boolean =>
  model.position <= (trouble?.at.get(projection.name) ?? START - 1);

function rebuildStatus(next: Model, head: Position | null): RebuildStatus {
  const { version, position, events, trouble } = next;
  const seconds = Math.max(0.001, (next.updatedAt.getTime() - next.beganAt.getTime()) / 1000);
  const left = head === null || position === START ? null : ((head - position) / position) * seconds;
  return {
    version,
    position,
    events,
    rate: Math.round(events / seconds),
    secondsLeft: left === null ? null : Math.max(0, Math.round(left)),
    since: next.beganAt.toISOString(),
    trouble,
  };
}

const ageInSeconds = (recordedAt: string | null): number | null =>
  recordedAt === null ? null : Math.max(0, Math.round((Date.now() - Date.parse(recordedAt)) / 100) / 10);

/** `names`: of these read models; without it of all that are in Postgres, since a store beside it may be away for long. */
export type Awaited = { position: Position; timeoutMs: number; names?: readonly string[] };

/** True once the read models have all events up to that position; false when time is up. */
export async function waitFor(watched: Watched, lanes: readonly Lane[], awaited: Awaited): Promise<boolean> {
  const { names } = awaited;
  const isAwaited = ({ name, elsewhere }: Projection) => names?.includes(name) ?? elsewhere === undefined;
  const waiting = lanes.map(({ projections, course }) =>
    waitInLane({ ...watched, projections: projections.filter(isAwaited) }, course, awaited),
  );
  return (await Promise.all(waiting)).every((arrived) => arrived);
}

async function waitInLane(
  watched: Watched,
  course: Course,
  { position, timeoutMs }: Awaited,
): Promise<boolean> {
  if (watched.projections.length === 0) return true;
  const until = performance.now() + timeoutMs;
  course.awaited++;
  course.wake();
  try {
    while (!(await reached(watched, course, position))) {
      if (performance.now() >= until) return false;
      await sleep(POLL_MS);
    }
    return true;
  } finally {
    course.awaited--;
  }
}

async function reached({ pool, projections }: Watched, course: Course, position: Position): Promise<boolean> {
  const own = projections.map(({ name }) => course.tracks.get(name));
  if (own.every((track) => track !== undefined)) return own.every((track) => track.position >= position);
  const stored = await readModels(pool).catch((error) => {
    if (isDatabaseDown(error)) return [];
    throw error;
  });
  return projections.every((one) =>
    stored.some(
      (found) =>
        found.name === one.name &&
        found.stage === 'live' &&
        isOfVersion(found, one) &&
        found.position >= position,
    ),
  );
}
