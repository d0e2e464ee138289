import type { Pool } from 'pg';
import type { EventLog, Position } from '../../eventstore/log.js';
import { readArchived } from '../archived.js';
import { readErased } from '../erased.js';
import { nothingHalted, readHalted } from '../halted.js';
import { type Asked, isUntouched, type Model, openLive, openNext } from '../models.js';
import { partitionsOf } from '../partitions.js';
import type { Projection } from '../projection.js';
import { groupsOf } from '../together.js';
import { newTrack, type Track } from '../track.js';
import { type Building, buildUpTo, type Told } from './build.js';
import type { Comparison } from './compare.js';
import { finish } from './finish.js';
import { withRebuildLocks } from './lock.js';

export type RebuildParts = { log: EventLog; pool: Pool };

export type RebuildOptions = {
  signal: AbortSignal;
  /** Ends before the switch. What was built stays, and a later rebuild goes on with it. */
  dryRun?: boolean;
  /** That an engine is to go on with it after a restart. */
  asked?: Asked | null;
  onProgress?: (progress: RebuildProgress) => void;
};

/** `reading` goes from 0 to 1 by places in the log; `events` are those read by now. */
export type RebuildProgress =
  | { phase: 'reading'; done: number; events: number }
  | { phase: 'indexing' | 'comparing' | 'switching'; name: string };

export type Rebuilt = {
  name: string;
  version: number;
  /** What made the rows that were read until now; `null`: there were none. */
  before: { version: number; sameCode: boolean } | null;
  /** Events it is about. */
  events: number;
  position: Position;
  /** `null`: there was nothing to compare with. */
  comparison: Comparison | null;
  switched: boolean;
};

/**
 * Builds read models anew from the log, beside those that are read and written meanwhile; compares; switches. What
 * was begun, and was interrupted, goes on. Nothing is appended and nobody is asked: rows are all it makes.
 * @throws BuildStopped, BeingRebuilt, StoreAway; an AbortError when it is told to end: what was built stays.
 */
export function rebuild(
  { log, pool }: RebuildParts,
  projections: readonly Projection[],
  options: RebuildOptions,
): Promise<Rebuilt[]> {
  return withRebuildLocks(pool, projections, async () => {
    const building = {
      log,
      pool,
      partitions: partitionsOf(pool, 'next'),
      archived: await readArchived(pool),
      signal: options.signal,
    };
    const groups = groupsOf(projections);
    const tracks = await openTracks(pool, projections, options.asked ?? null);
    await readAll(tracks, building, options);
    const rebuilt: Rebuilt[] = [];
    for (const group of groups) {
      const built = tracks.filter(({ projection }) => group.includes(projection));
      rebuilt.push(...(await finish(built, building, options)));
    }
    return rebuilt;
  });
}

async function openTracks(
  pool: Pool,
  projections: readonly Projection[],
  asked: Asked | null,
): Promise<Track[]> {
  const tracks: Track[] = [];
  for (const projection of projections) {
    await openLive(pool, projection);
    const next = await openNext(pool, projection, asked);
    // What somebody decided to pass over is passed over here too; what is parked ends the build.
    const { skipped } = await readHalted(pool, projection.name);
    const erased = await readErased(pool);
    tracks.push(newTrack(projection, next, { halted: { ...nothingHalted(), skipped }, erased }));
  }
  return tracks;
}

/** Up to where each is read; what comes meanwhile is taken in when both stand still. */
async function readAll(tracks: Track[], building: Building, options: RebuildOptions): Promise<void> {
  const { signal, onProgress } = options;
  const head = await building.log.head();
  const ends = new Map<Track, Position>();
  for (const track of tracks) ends.set(track, endFor(await openLive(building.pool, track.projection), head));
  const from = Math.min(...tracks.map(({ position }) => position));
  const upTo = Math.max(...ends.values());
  const onRead = ({ position, events }: Told) =>
    onProgress?.({ phase: 'reading', done: (position - from) / Math.max(1, upTo - from), events });
  await buildUpTo(tracks, building, { ends, signal, onRead });
  signal.throwIfAborted();
}

/** Where there are rows to compare with, both must come to the same event; else all that there is is taken in. */
const endFor = (live: Model, head: Position): Position => (isUntouched(live) ? head : live.position);
