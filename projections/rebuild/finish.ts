import type { Pool } from 'pg';
import type { Position } from '../../eventstore/log.js';
import { inTransaction } from '../database.js';
import { isOfVersion, isUntouched, type Model, openLive, readModel } from '../models.js';
import { indexTables } from '../tables.js';
import type { Track } from '../track.js';
import { type Building, buildUpTo } from './build.js';
import { type Comparison, compare, snapshotOf } from './compare.js';
import type { RebuildOptions, Rebuilt } from './rebuild.js';
import { switchTo } from './switch.js';

/** A read model that is built, beside the one that is read. */
type Built = { track: Track; live: Model; comparison: Comparison | null; catchUpTo: CatchUpTo };
type CatchUpTo = (position: Position) => Promise<void>;

/** What was built as one is compared, and switched, all of it or nothing. */
export async function finish(
  tracks: readonly Track[],
  building: Building,
  options: RebuildOptions,
): Promise<Rebuilt[]> {
  const all: Built[] = [];
  for (const track of tracks) all.push(await beside(track, building, options));
  const switched = options.dryRun !== true;
  if (switched) await switchAll(all, building, options);
  return all.map((built) => rebuiltOf(built, switched));
}

async function beside(track: Track, building: Building, options: RebuildOptions): Promise<Built> {
  const { pool } = building;
  const { projection } = track;
  const { name } = projection;
  const catchUpTo = async (position: Position) => {
    await buildUpTo([track], building, { ends: new Map([[track, position]]), signal: options.signal });
    options.signal.throwIfAborted();
  };
  options.onProgress?.({ phase: 'indexing', name });
  await inTransaction(pool, (client) => indexTables(client, projection, 'next'));
  const live = await openLive(pool, projection);
  options.onProgress?.({ phase: 'comparing', name });
  const comparison = isUntouched(live) ? null : await compared(track, pool, catchUpTo);
  return { track, live, comparison, catchUpTo };
}

async function switchAll(all: readonly Built[], { pool, log }: Building, options: RebuildOptions) {
  for (const { track, live, catchUpTo } of all) {
    const { projection } = track;
    options.onProgress?.({ phase: 'switching', name: projection.name });
    // Nobody writes rows of another version any more: what came since is taken in before, not while all wait.
    if (!isOfVersion(live, projection)) await catchUpTo(await log.head());
    await approach(track, pool, catchUpTo);
  }
  const switches = all.map(({ track: { projection, model }, catchUpTo }) => ({
    projection,
    next: model,
    catchUp: ({ position }: Model) => catchUpTo(position),
  }));
  await switchTo(pool, switches);
}

function rebuiltOf({ track, live, comparison }: Built, switched: boolean): Rebuilt {
  const { name, version } = track.projection;
  const { events, position, code } = track.model;
  const sameCode = live.version === version && live.code === code;
  const before = isUntouched(live) ? null : { version: live.version, sameCode };
  return { name, version, before, events, position, comparison, switched };
}

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
    const comparison = await compare(projection, snapshot);
    if (comparison.equal || projection.elsewhere === undefined || looks === LOOKS) return comparison;
    const live = await readModel(pool, projection.name, 'live');
    if (live?.position === comparison.position) return comparison;
  }
}
