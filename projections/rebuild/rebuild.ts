import type { Pool } from 'pg';
import type { EventLog, Position } from '../../eventstore/log.js';
import { readArchived } from '../archived.js';
import { inTransaction } from '../database.js';
import { nothingHalted, readHalted } from '../halted.js';
import { openLocks } from '../locks.js';
import { type Asked, type Model, openLive, openNext, readModel } from '../models.js';
import { partitionsOf } from '../partitions.js';
import type { Projection } from '../projection.js';
import { indexTables } from '../tables.js';
import { newTrack, type Track } from '../track.js';
import { type Building, buildUpTo, type Told } from './build.js';
import { type Comparison, compare, snapshotOf } from './compare.js';
import { switchTo } from './switch.js';

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

/** A read model is being rebuilt by another process. */
export class BeingRebuilt extends Error {
  override readonly name = 'BeingRebuilt';
}

/** The name under which whoever rebuilds a read model holds a lock. */
export const rebuildLock = (name: string) => `${name}/rebuild`;

/**
 * Builds read models anew from the log, beside those that are read and written meanwhile; compares; switches. What
 * was begun, and was interrupted, goes on. Nothing is appended and nobody is asked: rows are all it makes.
 * @throws BuildStopped, BeingRebuilt, StoreAway; an AbortError when it is told to end: what was built stays.
 */
export async function rebuild(
  { log, pool }: RebuildParts,
  projections: readonly Projection[],
  options: RebuildOptions,
): Promise<Rebuilt[]> {
  const locks = await openLocks(pool);
  try {
    const wanted = projections.map(({ name }) => rebuildLock(name));
    await locks.take(wanted);
    const taken = projections.find(({ name }) => !locks.held.has(rebuildLock(name)));
    if (taken) throw new BeingRebuilt(`${taken.name} is being rebuilt by another process`);
    const building = {
      log,
      pool,
      partitions: partitionsOf(pool, 'next'),
      archived: await readArchived(pool),
      signal: options.signal,
    };
    const tracks = await openTracks(pool, projections, options.asked ?? null);
    await readAll(tracks, building, options);
    const rebuilt: Rebuilt[] = [];
    for (const track of tracks) rebuilt.push(await finish(track, building, options));
    return rebuilt;
  } finally {
    await locks.release();
  }
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
    tracks.push(newTrack(projection, next, { ...nothingHalted(), skipped }));
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

export const isUntouched = ({ events }: Model): boolean => events === 0;

async function finish(track: Track, building: Building, options: RebuildOptions): Promise<Rebuilt> {
  const { pool, log } = building;
  const { projection } = track;
  const { name, version } = projection;
  const catchUpTo = async (position: Position) => {
    await buildUpTo([track], building, { ends: new Map([[track, position]]), signal: options.signal });
    options.signal.throwIfAborted();
  };
  options.onProgress?.({ phase: 'indexing', name });
  await inTransaction(pool, (client) => indexTables(client, projection, 'next'));
  const live = await openLive(pool, projection);
  options.onProgress?.({ phase: 'comparing', name });
  const comparison = isUntouched(live) ? null : await compared(track, pool, catchUpTo);
  const before = isUntouched(live)
    ? null
    : { version: live.version, sameCode: live.version === version && live.code === track.model.code };
  const switched = options.dryRun !== true;
  if (switched) {
    options.onProgress?.({ phase: 'switching', name });
    // Nobody writes rows of another version any more: what came since is taken in before, not while all wait.
    if (live.version !== version) await catchUpTo(await log.head());
    await approach(track, pool, catchUpTo);
    await switchTo(pool, projection, { next: track.model, catchUp: ({ position }) => catchUpTo(position) });
  }
  const { events, position } = track.model;
  return { name, version, before, events, position, comparison, switched };
}

type CatchUpTo = (position: Position) => Promise<void>;

const APPROACHES = 5;

/** What came meanwhile is taken in before anybody waits for it, as far as whoever writes lets it come. */
async function approach({ projection, model }: Track, pool: Pool, catchUpTo: CatchUpTo): Promise<void> {
  let { position } = model;
  for (let tries = 0; tries < APPROACHES; tries++) {
    const live = await readModel(pool, projection.name, 'live');
    if (live === undefined || live.position <= position) return;
    await catchUpTo(live.position);
    position = live.position;
  }
}

const LOOKS = 3;

/** Elsewhere nobody can look at one moment: what differs is looked at again where rows came meanwhile. */
async function compared(track: Track, pool: Pool, catchUpTo: CatchUpTo): Promise<Comparison> {
  const { projection } = track;
  for (let looks = 1; ; looks++) {
    await approach(track, pool, catchUpTo);
    const snapshot = await snapshotOf(pool, projection, ({ position }) => catchUpTo(position));
    const comparison = await compare(projection, snapshot).finally(snapshot.close);
    if (comparison.equal || projection.elsewhere === undefined || looks === LOOKS) return comparison;
    const live = await readModel(pool, projection.name, 'live');
    if (live?.position === comparison.position) return comparison;
  }
}
