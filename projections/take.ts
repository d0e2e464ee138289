import type { Pool, PoolClient } from 'pg';
import { type Archived, outsideArchive } from './archived.js';
import { FoldFailed, foldEvents, type RowChanges } from './changes.js';
import { inTransaction, RELAXED } from './database.js';
import { behind, park, type ToPark, unpark, type Which } from './halted.js';
import { moveOn } from './models.js';
import type { Partitions } from './partitions.js';
import type { Row } from './projection.js';
import type { Recorded } from './recorded.js';
import { schemaOf, tablesOf } from './tables.js';
import { remember, type Track } from './track.js';
import { readStates, writeRows } from './write.js';

export type Surroundings = { pool: Pool; partitions: Partitions; archived?: Archived };

/** Events of one read model that reach up to a place in the log, and those to be put aside. */
export type Taken = {
  events: readonly Recorded[];
  upTo: number;
  parked?: readonly ToPark[];
  /** What was parked and is taken now. */
  done?: Which;
};

/** Rows, what is put aside and the checkpoint in one transaction, or nothing at all. */
export async function take(
  track: Track,
  { events, upTo, parked = [], done }: Taken,
  around: Surroundings,
): Promise<void> {
  const { projection, model } = track;
  await bringToMind(track, events, around.pool);
  const changes = foldEvents(projection, events, track.states);
  leaveOutArchived(track, changes, around);
  await ensurePartitions(track, changes, around);
  const { elsewhere, name } = projection;
  // Before the checkpoint: what was written twice there is there once, what was not written would be missing.
  await elsewhere?.write({ model: name, generation: model.generation }, rowsElsewhere(track, changes));
  const to = { position: upTo, events: model.events + events.length };
  await inTransaction(
    around.pool,
    async (client) => {
      // First: who switches generations holds this row, and then wants the tables.
      await moveOn(client, model, to);
      await store(client, track, changes);
      await park(client, name, parked);
      if (done) await unpark(client, done);
    },
    RELAXED,
  );
  track.model = { ...model, ...to };
  remember(track, changes.states);
}

/** Reads the states of these events' subjects that are not in memory. */
async function bringToMind(track: Track, events: readonly Recorded[], pool: Pool): Promise<void> {
  const { state, tables } = track.projection;
  if (state === undefined) return;
  const missing = new Set(events.map(({ subject }) => subject).filter((one) => !track.states.has(one)));
  const place = `${schemaOf[track.model.stage]}.${state}`;
  const found = await readStates(pool, { place, table: tables[state]! }, [...missing]);
  for (const [key, row] of found) track.states.set(key, row);
}

function leaveOutArchived({ projection, model }: Track, { rows }: RowChanges, { archived }: Surroundings) {
  if (archived === undefined || model.stage !== 'next') return;
  for (const [name] of tablesOf(projection)) rows.set(name, outsideArchive(archived, name, rows.get(name)!));
}

async function ensurePartitions({ projection }: Track, { rows }: RowChanges, { partitions }: Surroundings) {
  for (const [name, table] of tablesOf(projection))
    if (table.byMonth) await partitions.ensure(name, rows.get(name)!);
}

async function store(client: PoolClient, { projection, model }: Track, { rows }: RowChanges): Promise<void> {
  for (const [name, table] of tablesOf(projection))
    await writeRows(client, { place: `${schemaOf[model.stage]}.${name}`, table }, rows.get(name)!);
}

function rowsElsewhere({ projection }: Track, { rows }: RowChanges): Map<string, Row[]> {
  return new Map([...rows].filter(([name]) => name !== projection.state));
}

export type Poison = { event: Recorded; upTo: number; error: Error };
export type OnPoison = (track: Track, poison: Poison) => Promise<void>;
export type Batch = { events: readonly Recorded[]; upTo: number };

/**
 * Takes a batch; what follows a parked event of its subject is parked as well. What cannot be folded or stored,
 * however often it is tried, must be found among the others: the batch is halved until that event is alone, and
 * given to `onPoison`.
 */
export async function takeOrFind(
  track: Track,
  { events, upTo }: Batch,
  how: { around: Surroundings; onPoison: OnPoison },
): Promise<void> {
  const { subjects } = track.halted;
  const isWaiting = ({ subject }: Recorded) => subjects.has(subject);
  const waiting = subjects.size === 0 ? [] : events.filter(isWaiting);
  const free = waiting.length === 0 ? events : events.filter((event) => !isWaiting(event));
  try {
    await take(track, { events: free, upTo, parked: waiting.map(behind) }, how.around);
  } catch (error) {
    // A partition or a state that is remembered may be no more.
    track.states.clear();
    how.around.partitions.forget();
    if (!isPoison(error)) throw error;
    if (events.length <= 1) return how.onPoison(track, { event: events[0]!, upTo, error: error as Error });
    const half = events.length >> 1;
    await takeOrFind(track, { events: events.slice(0, half), upTo: events[half - 1]!.position }, how);
    await takeOrFind(track, { events: events.slice(half), upTo }, how);
  }
}

/**
 * Data that Postgres refuses (SQLSTATE 22, 23, 54), a fold cannot take, or that is nested deeper than JSON can be
 * written; anything else is worth a retry.
 */
export function isPoison(error: unknown): boolean {
  if (error instanceof FoldFailed || error instanceof RangeError) return true;
  const code = String((error as { code?: unknown }).code ?? '');
  return code.length === 5 && ['22', '23', '54'].includes(code.slice(0, 2));
}
