import type { Pool, PoolClient } from 'pg';
import type { Checkpoint } from './checkpoints.js';
import { moveCheckpoint } from './checkpoints.js';
import { inTransaction, type Logger, RELAXED } from './database.js';
import type { Partitions } from './partitions.js';
import { FoldFailed, foldEvents, type Projection, type Row, type RowChanges } from './projection.js';
import { type Rate, rateMeter } from './rate.js';
import type { Recorded } from './recorded.js';
import { appendRows, keepRows, readKept } from './write.js';

/** Rows kept in memory for each projection, so that a busy player's row is not read back for every batch. */
const KEPT_IN_MEMORY = 5_000;

/** One projection on its way along the log, in the process that holds its lock. */
export type Track = {
  projection: Projection;
  /** What the database knows. */
  stored: Checkpoint;
  /** How far it has really got: beyond `stored` where nothing that concerned it came. */
  position: number;
  kept: Map<string, Row>;
  /** When the newest event of the last batch was recorded; `null` before the first. */
  recordedAt: string | null;
  rate: Rate;
};

export type Surroundings = { pool: Pool; partitions: Partitions; logger: Logger };

export const newTrack = (projection: Projection, stored: Checkpoint): Track => ({
  projection,
  stored,
  position: stored.position,
  kept: new Map(),
  recordedAt: null,
  rate: rateMeter(),
});

/** Takes a batch that reaches up to `upTo`: rows and checkpoint in one transaction, or nothing at all. */
export async function advance(
  track: Track,
  { events, upTo }: { events: readonly Recorded[]; upTo: number },
  around: Surroundings,
): Promise<void> {
  const { types } = track.projection;
  const mine = events.filter((event) => event.position > track.position && types.includes(event.type));
  if (mine.length > 0) await digest(track, { events: mine, upTo }, around);
  track.rate.count(mine.length);
  track.position = Math.max(track.position, upTo);
}

/**
 * What cannot be folded or stored, however often it is tried, must not hold up all that follows: the batch is
 * halved until the one event is found, and that is parked: passed over, counted and logged.
 */
async function digest(
  track: Track,
  { events, upTo }: { events: Recorded[]; upTo: number },
  around: Surroundings,
): Promise<void> {
  try {
    await write(track, { events, upTo }, around);
  } catch (error) {
    track.kept.clear();
    around.partitions.forget();
    if (!isPoison(error)) throw error;
    if (events.length > 1) {
      const half = events.length >> 1;
      const first = events.slice(0, half);
      await digest(track, { events: first, upTo: first.at(-1)!.position }, around);
      await digest(track, { events: events.slice(half), upTo }, around);
      return;
    }
    await retryOrPark(track, { event: events[0]!, upTo }, around);
  }
}

/** Once more with nothing remembered: a partition or row that somebody removed is no fault of the event. */
async function retryOrPark(
  track: Track,
  { event, upTo }: { event: Recorded; upTo: number },
  around: Surroundings,
): Promise<void> {
  try {
    await write(track, { events: [event], upTo }, around);
  } catch (error) {
    track.kept.clear();
    if (!isPoison(error)) throw error;
    const { id, type, position } = event;
    const reason = (error as Error).message;
    around.logger.error(
      { projection: track.projection.name, id, type, position, reason },
      'an event was parked',
    );
    await park(track, upTo, around.pool);
  }
}

/** Counts an event that cannot even be read; the count is stored with the next move of the checkpoint. */
export function countParked(event: { type: string; position: number }, tracks: readonly Track[]): void {
  for (const track of tracks) {
    const concerned = (track.projection.types as readonly string[]).includes(event.type);
    if (concerned && event.position > track.position)
      track.stored = { ...track.stored, parked: track.stored.parked + 1 };
  }
}

async function park(track: Track, upTo: number, pool: Pool): Promise<void> {
  const to = { position: upTo, parked: track.stored.parked + 1 };
  await inTransaction(pool, (client) =>
    moveCheckpoint(client, { name: track.projection.name, from: track.stored.position, to }),
  );
  track.stored = to;
}

async function write(
  track: Track,
  { events, upTo }: { events: Recorded[]; upTo: number },
  { pool, partitions }: Surroundings,
): Promise<void> {
  const { projection } = track;
  const to = { ...track.stored, position: upTo };
  await bringToMind(track, events, pool);
  const changes = foldEvents(projection, events, track.kept);
  if (projection.appends) await partitions.ensure(projection.appends.name, changes.appends);
  const rowsAndCheckpoint = async (client: PoolClient) => {
    await store(client, projection, changes);
    await moveCheckpoint(client, { name: projection.name, from: track.stored.position, to });
  };
  await inTransaction(pool, rowsAndCheckpoint, RELAXED);
  track.stored = to;
  remember(track.kept, changes.keeps);
}

async function store(client: PoolClient, projection: Projection, changes: RowChanges): Promise<void> {
  if (projection.appends) await appendRows(client, projection.appends, changes.appends);
  if (projection.keeps) await keepRows(client, projection.keeps, [...changes.keeps.values()]);
}

/** Reads the kept rows of these events' subjects that are not in memory. */
async function bringToMind(track: Track, events: Recorded[], pool: Pool): Promise<void> {
  const table = track.projection.keeps;
  if (!table) return;
  const missing = new Set(events.map((event) => event.subject).filter((subject) => !track.kept.has(subject)));
  if (missing.size === 0) return;
  const found = await readKept(pool, table, [...missing]);
  for (const [key, row] of found) track.kept.set(key, row);
}

/** The newest last; the oldest leave when there are too many. */
function remember(kept: Map<string, Row>, changed: ReadonlyMap<string, Row>): void {
  for (const [key, row] of changed) {
    kept.delete(key);
    kept.set(key, row);
  }
  for (const key of kept.keys()) {
    if (kept.size <= KEPT_IN_MEMORY) return;
    kept.delete(key);
  }
}

/**
 * Data that Postgres refuses (SQLSTATE 22, 23, 54), a fold cannot take, or that is nested deeper than JSON can be
 * written; anything else is worth a retry.
 */
function isPoison(error: unknown): boolean {
  if (error instanceof FoldFailed || error instanceof RangeError) return true;
  const code = String((error as { code?: unknown }).code ?? '');
  return code.length === 5 && ['22', '23', '54'].includes(code.slice(0, 2));
}
