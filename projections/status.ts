import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type EventLog, type Position, START } from '../eventstore/log.js';
import { readCheckpoints, type StoredCheckpoint } from './checkpoints.js';
import { isDatabaseDown } from './database.js';
import type { Projection } from './projection.js';
import type { Track } from './track.js';

/** What a runner and those who ask about it share. */
export type Course = {
  /** The read models that this process writes, by name. */
  tracks: Map<string, Track>;
  state: 'running' | 'waiting' | 'retrying' | 'stopped';
  /** How many wait for it right now: then it takes no breath between small batches. */
  awaited: number;
  /** Ends the breath being taken. */
  wake: () => void;
};

export const newCourse = (): Course => ({ tracks: new Map(), state: 'waiting', awaited: 0, wake: () => {} });

export type ProjectionStatus = {
  name: string;
  version: number;
  /** Place in the log up to which its rows are complete. */
  position: Position;
  /** Place of the newest event; `null` while the log cannot be asked. */
  head: Position | null;
  lag: {
    /** In units of the log's own positions: 0 when nothing is missing. */
    positions: number | null;
    /** Age of the newest event taken in while some are missing, else 0; `null` when not known here. */
    seconds: number | null;
  };
  /**
   * `live`: nothing is missing. `catching_up`: it reads what is. `standby`: another process writes it.
   * `retrying`: the database or the log was away a moment ago. `stopped`: this process writes no more.
   */
  state: 'live' | 'catching_up' | 'standby' | 'retrying' | 'stopped';
  /** Events a second over the last ten seconds, of those it is about. */
  rate: number;
  /** Events passed over because they could not be read, folded or stored. */
  parked: number;
};

export type Watched = { log: EventLog; pool: Pool; projections: readonly Projection[] };

const POLL_MS = 15;

/** @throws when the database cannot answer. */
export async function statusOf(watched: Watched, course: Course): Promise<ProjectionStatus[]> {
  const [head, stored] = await Promise.all([
    watched.log.head().catch(() => null),
    readCheckpoints(watched.pool),
  ]);
  return watched.projections.map((projection) => {
    const track = course.tracks.get(projection.name);
    const checkpoint = stored.find(({ name }) => name === projection.name);
    return oneStatus(projection, { track, checkpoint, head, course });
  });
}

type Known = { track?: Track; checkpoint?: StoredCheckpoint; head: Position | null; course: Course };

function oneStatus(
  { name, version }: Projection,
  { track, checkpoint, head, course }: Known,
): ProjectionStatus {
  const position = Math.max(track?.position ?? START, checkpoint?.position ?? START);
  const missing = head === null ? null : Math.max(0, head - position);
  return {
    name,
    version: track ? version : (checkpoint?.version ?? version),
    position,
    head,
    lag: { positions: missing, seconds: missing === 0 ? 0 : ageInSeconds(track?.recordedAt ?? null) },
    state: stateOf(course, track, missing),
    rate: track?.rate.perSecond() ?? 0,
    parked: track?.stored.parked ?? checkpoint?.parked ?? 0,
  };
}

function stateOf(
  course: Course,
  track: Track | undefined,
  missing: number | null,
): ProjectionStatus['state'] {
  if (course.state === 'stopped' || course.state === 'retrying') return course.state;
  if (!track) return 'standby';
  return missing === 0 ? 'live' : 'catching_up';
}

const ageInSeconds = (recordedAt: string | null): number | null =>
  recordedAt === null ? null : Math.max(0, Math.round((Date.now() - Date.parse(recordedAt)) / 100) / 10);

/** True once every read model has all events up to that position; false when time is up. */
export async function waitFor(
  watched: Watched,
  course: Course,
  { position, timeoutMs }: { position: Position; timeoutMs: number },
): Promise<boolean> {
  const until = Date.now() + timeoutMs;
  course.awaited++;
  course.wake();
  try {
    while (!(await reached(watched, course, position))) {
      if (Date.now() >= until) return false;
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
  const stored = await readCheckpoints(pool).catch((error) => {
    if (isDatabaseDown(error)) return [];
    throw error;
  });
  return projections.every(({ name, version }) =>
    stored.some((found) => found.name === name && found.version === version && found.position >= position),
  );
}
