import type { Pool } from 'pg';
import { anySignal } from '../../eventstore/abort.js';
import { type EventLog, type PlacedEvent, type Position, START } from '../../eventstore/log.js';
import { newTo } from '../advance.js';
import type { Archived } from '../archived.js';
import { StoreAway } from '../elsewhere.js';
import { typesOf } from '../erased.js';
import { prepareAll } from '../felt-by.js';
import { moveAllOn } from '../models.js';
import type { Partitions } from '../partitions.js';
import { type Recorded, recordedOrBroken } from '../recorded.js';
import { allOf } from '../settled.js';
import { forgetAll, isPoison, type Poison, takeOrFind } from '../take.js';
import type { Track } from '../track.js';
import { startPour } from './pour.js';

/** A read model cannot be rebuilt: an event of the log is more than its fold, or the database, can take. */
export class BuildStopped extends Error {
  override readonly name = 'BuildStopped';

  constructor({ projection }: Track, { event, error }: Poison) {
    super(
      `${projection.name}: ${event.type} ${event.id} at ${event.position} of ${event.stream}: ${error.message}`,
      { cause: error },
    );
  }
}

export type Building = {
  log: EventLog;
  pool: Pool;
  partitions: Partitions;
  archived: Archived;
  signal: AbortSignal;
};
export type Told = { position: Position; events: number };
/** Each read model goes up to its own end; `onRead` is told after each batch. */
export type Way = { ends: ReadonlyMap<Track, Position>; signal: AbortSignal; onRead?: (told: Told) => void };

/**
 * One reading of the log for all of these, from the one that is farthest behind. What is done stays done, however
 * it ends. @throws BuildStopped
 */
export async function buildUpTo(tracks: readonly Track[], building: Building, way: Way): Promise<void> {
  const endOf = (track: Track) => way.ends.get(track)!;
  const behind = tracks.filter((track) => track.position < endOf(track));
  if (behind.length === 0) return;
  try {
    await pourAll(behind, building, way);
  } catch (error) {
    forgetAll(behind, building);
    if (error instanceof StoreAway) way.signal.throwIfAborted();
    if (!isPoison(error)) throw error;
    await takeAll(behind, building, way);
  }
  if (!way.signal.aborted) await arrive(behind, building.pool, endOf);
}

/** The fast way. It cannot tell what of so much it was that could not be taken. */
async function pourAll(tracks: readonly Track[], building: Building, way: Way): Promise<void> {
  const pour = startPour(tracks, building, (track) => way.ends.get(track)!);
  const writing = inBackground(way.signal);
  let [read, upTo] = [0, START];
  const flush = async () => {
    // While Postgres takes it in, the next is read and folded.
    await writing.start(() => pour.flush(upTo));
    way.onRead?.({ position: upTo, events: read });
  };
  try {
    for await (const events of eventsFor(tracks, building.log, { ...way, signal: writing.signal })) {
      const recorded = readable(events);
      await prepareAll(projectionsIn(tracks), recorded, building.log);
      await pour.take(recorded);
      read += events.length;
      upTo = events.at(-1)!.position;
      if (pour.isFull()) await flush();
    }
    if (upTo > START && !writing.signal.aborted) await flush();
  } finally {
    await writing.end();
  }
  pour.end();
}

/** One thing after another, while who asks for it goes on. A failure ends `signal`, and is told at the next call. */
function inBackground(ended: AbortSignal) {
  const failed = new AbortController();
  const { signal, release } = anySignal(ended, failed.signal);
  let working = Promise.resolve();
  return {
    signal,
    /** Resolves when the work has begun, and what was before it is done. */
    async start(work: () => Promise<void>) {
      await working;
      working = work();
      working.catch(() => failed.abort());
    },
    async end() {
      release();
      await working;
    },
  };
}

function eventsFor(tracks: readonly Track[], log: EventLog, { ends, signal }: Way) {
  const after = Math.min(...tracks.map(({ position }) => position));
  const upTo = Math.max(...tracks.map((track) => ends.get(track)!));
  const types = [...new Set(tracks.flatMap(({ projection }) => typesOf(projection)))];
  return log.read(after, { upTo, types, signal });
}

/** The careful way: each read model alone, and what cannot be taken is searched for. */
async function takeAll(tracks: readonly Track[], building: Building, way: Way): Promise<void> {
  for await (const events of eventsFor(tracks, building.log, way)) {
    const recorded = readable(events);
    await prepareAll(projectionsIn(tracks), recorded, building.log);
    const upTo = events.at(-1)!.position;
    const takeOne = async (track: Track) => {
      const end = Math.min(upTo, way.ends.get(track)!);
      const mine = newTo(
        track,
        recorded.filter(({ position }) => position <= end),
      );
      if (mine.length > 0)
        await takeOrFind(track, { events: mine, upTo: end }, { around: building, onPoison });
      track.position = Math.max(track.position, end);
    };
    await allOf(tracks.map(takeOne));
  }
}

const projectionsIn = (tracks: readonly Track[]) => tracks.map(({ projection }) => projection);

function readable(events: readonly PlacedEvent[]): Recorded[] {
  const recorded: Recorded[] = [];
  for (const event of events) {
    const known = recordedOrBroken(event);
    if (known) recorded.push(known);
  }
  return recorded;
}

const onPoison = (track: Track, poison: Poison) => Promise.reject(new BuildStopped(track, poison));

/** Nothing of theirs came any more: they are at their ends all the same. */
async function arrive(
  tracks: readonly Track[],
  pool: Pool,
  endOf: (track: Track) => Position,
): Promise<void> {
  const ahead = tracks.filter((track) => track.model.position < endOf(track));
  await moveAllOn(
    pool,
    ahead.map((track) => ({ model: track.model, position: endOf(track) })),
  );
  for (const track of ahead) {
    track.position = endOf(track);
    track.model = { ...track.model, position: track.position };
  }
}
