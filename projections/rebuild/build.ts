import type { Pool } from 'pg';
import { anySignal } from '../../eventstore/abort.js';
import type { EventLog, PlacedEvent, Position } from '../../eventstore/log.js';
import { isFor } from '../advance.js';
import type { Archived } from '../archived.js';
import { moveAllOn } from '../models.js';
import type { Partitions } from '../partitions.js';
import { type Recorded, recordedOrBroken } from '../recorded.js';
import { type Poison, takeOrFind } from '../take.js';
import type { Track } from '../track.js';

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

export type Building = { log: EventLog; pool: Pool; partitions: Partitions; archived: Archived };
export type Told = { position: Position; events: number };
/** Each read model goes up to its own end; `onRead` is told after each batch. */
export type Way = { ends: ReadonlyMap<Track, Position>; signal: AbortSignal; onRead?: (told: Told) => void };

/** Large ones: what is told of one subject is folded together, and a transaction costs much the same. */
const BATCH_EVENTS = 8_000;

/**
 * One reading of the log for all of these, from the one that is farthest behind. What is done stays done, however
 * it ends. @throws BuildStopped
 */
export async function buildUpTo(tracks: readonly Track[], building: Building, way: Way): Promise<void> {
  const endOf = (track: Track) => way.ends.get(track)!;
  const behind = tracks.filter((track) => track.position < endOf(track));
  if (behind.length === 0) return;
  const failed = new AbortController();
  const { signal, release } = anySignal(way.signal, failed.signal);
  let writing = Promise.resolve();
  let read = 0;
  try {
    for await (const events of batches(behind, building.log, {
      signal,
      upTo: Math.max(...behind.map(endOf)),
    })) {
      const recorded = events.flatMap((event) => recordedOrBroken(event) ?? []);
      const upTo = events.at(-1)!.position;
      // While Postgres takes one batch in, the next is read and checked.
      await writing;
      writing = takeAll(behind, { events: recorded, upTo }, { building, endOf });
      writing.catch(() => failed.abort());
      read += events.length;
      way.onRead?.({ position: upTo, events: read });
    }
    await writing;
    if (!way.signal.aborted) await arrive(behind, building.pool, endOf);
  } finally {
    release();
    await writing;
  }
}

async function* batches(
  tracks: readonly Track[],
  log: EventLog,
  { signal, upTo }: { signal: AbortSignal; upTo: Position },
): AsyncGenerator<PlacedEvent[]> {
  const after = Math.min(...tracks.map(({ position }) => position));
  const types = [...new Set(tracks.flatMap(({ projection }) => projection.types))];
  let batch: PlacedEvent[] = [];
  for await (const events of log.read(after, { upTo, types, signal })) {
    batch.push(...events);
    if (batch.length < BATCH_EVENTS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0 && !signal.aborted) yield batch;
}

type EndOf = (track: Track) => Position;

async function takeAll(
  tracks: readonly Track[],
  batch: { events: Recorded[]; upTo: Position },
  { building, endOf }: { building: Building; endOf: EndOf },
): Promise<void> {
  const onPoison = (track: Track, poison: Poison) => Promise.reject(new BuildStopped(track, poison));
  const takeOne = async (track: Track) => {
    const upTo = Math.min(batch.upTo, endOf(track));
    const mine = batch.events.filter(
      (event) => event.position > track.position && event.position <= upTo && isFor(track, event),
    );
    if (mine.length > 0) await takeOrFind(track, { events: mine, upTo }, { around: building, onPoison });
    track.position = Math.max(track.position, upTo);
  };
  const settled = await Promise.allSettled(tracks.map(takeOne));
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
}

/** Nothing of theirs came any more: they are at their ends all the same. */
async function arrive(tracks: readonly Track[], pool: Pool, endOf: EndOf): Promise<void> {
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
