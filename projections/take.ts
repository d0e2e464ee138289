import type { Pool } from 'pg';
import { type Archived, outsideArchive } from './archived.js';
import { FoldFailed, type RowChanges, startFolding } from './changes.js';
import { inTransaction, RELAXED } from './database.js';
import { inStore } from './elsewhere.js';
import { ERASED, erasePlayer } from './erased.js';
import { behind, park, type ToPark, unpark, type Which } from './halted.js';
import { moveOn } from './models.js';
import { monthOf, type Partitions } from './partitions.js';
import type { Elsewhere, Row } from './projection.js';
import type { Recorded } from './recorded.js';
import { allOf } from './settled.js';
import { schemaOf, tablesOf } from './tables.js';
import { forget, remember, type Track } from './track.js';
import { readStates, type ToWrite, writeAll } from './write.js';

/** `signal`: what is written elsewhere need not be waited for any longer. */
export type Surroundings = {
  pool: Pool;
  partitions: Partitions;
  archived?: Archived;
  signal?: AbortSignal;
};

/** Events of one read model that reach up to a place in the log, and those to be put aside. */
export type Share = {
  track: Track;
  events: readonly Recorded[];
  upTo: number;
  parked?: readonly ToPark[];
  /** What was parked and is taken now. */
  done?: Which;
};

/** What becomes of a share: row changes of so many events. */
export type Change = Omit<Share, 'events'> & { changes: RowChanges; events: number };

/** Rows, what is put aside and the checkpoints of all in one transaction, or nothing at all. */
export async function take(shares: readonly Share[], around: Surroundings): Promise<void> {
  await Promise.all(shares.map(({ track, events }) => bringToMind(track, events, around)));
  const folded = foldTogether(shares);
  await store(
    shares.map((share, nth) => ({ ...share, events: share.events.length, changes: folded[nth]! })),
    around,
  );
  for (const [nth, { track }] of shares.entries()) remember(track, folded[nth]!.states);
}

/** Event by event: what several read models would find out about one of them is then found out once. */
function foldTogether(shares: readonly Share[]): RowChanges[] {
  const folding = shares.map(({ track }) =>
    startFolding(track.projection, (subject) => track.states.get(subject)),
  );
  const at = shares.map(() => 0);
  const nextOf = ({ events }: Share, nth: number) => events[at[nth]!];
  for (;;) {
    const next = Math.min(
      ...shares.map((share, nth) => nextOf(share, nth)?.position ?? Number.POSITIVE_INFINITY),
    );
    if (next === Number.POSITIVE_INFINITY) return folding.map((one) => one.changes());
    for (const [nth, share] of shares.entries()) {
      const event = nextOf(share, nth);
      if (event?.position !== next) continue;
      folding[nth]!.take(event);
      at[nth]!++;
    }
  }
}

/** @throws Superseded, StoreAway */
export async function store(all: readonly Change[], around: Surroundings): Promise<void> {
  for (const { track, changes } of all) {
    leaveOutArchived(track, changes, around);
    await ensurePartitions(track, changes, around);
  }
  // Before the checkpoints: what was written twice there is there once, what was not written would be missing.
  const erasing = (await allOf(all.map((change) => storeElsewhere(change, around)))).flat();
  const moves = all.map(({ track: { model }, upTo, events }) => ({
    model,
    to: { position: upTo, events: model.events + events },
  }));
  await inTransaction(
    around.pool,
    async (client) => {
      // First: who switches generations holds these rows, and then wants the tables.
      await moveOn(client, moves);
      await writeAll(client, all.flatMap(toWrite));
      for (const { track, parked = [], done } of all) {
        await park(client, track.projection.name, parked);
        if (done) await unpark(client, done);
      }
      // Last: what was told before it is among the rows.
      for (const one of erasing) await erasePlayer(client, one);
    },
    RELAXED,
  );
  for (const [nth, { track, changes }] of all.entries()) {
    track.model = { ...track.model, ...moves[nth]!.to };
    for (const { subject } of changes.erased) {
      track.states.delete(subject);
      track.halted.subjects.delete(subject);
    }
  }
}

function toWrite({ track: { projection, model }, changes }: Change): ToWrite[] {
  return tablesOf(projection).map(([name, table]) => ({
    place: `${schemaOf[model.stage]}.${name}`,
    table,
    rows: changes.lines?.get(name) ?? changes.rows.get(name)!,
  }));
}

/** Reads the states of these events' subjects that are not in memory. */
export async function bringToMind(
  track: Track,
  events: readonly Recorded[],
  { pool, isKnown }: { pool: Pool; isKnown?: (subject: string) => boolean },
): Promise<void> {
  const { state, tables } = track.projection;
  if (state === undefined || track.knowsAll) return;
  const missing = new Set<string>();
  for (const { subject } of events)
    if (!track.states.has(subject) && !isKnown?.(subject)) missing.add(subject);
  const place = `${schemaOf[track.model.stage]}.${state}`;
  const found = await readStates(pool, { place, table: tables[state]! }, [...missing]);
  for (const [key, row] of found) track.states.set(key, row);
}

function leaveOutArchived({ projection, model }: Track, { rows }: RowChanges, { archived }: Surroundings) {
  if (archived === undefined || model.stage !== 'next') return;
  for (const [name] of tablesOf(projection)) {
    const some = rows.get(name);
    if (some) rows.set(name, outsideArchive(archived, name, some));
  }
}

async function ensurePartitions({ projection }: Track, { rows }: RowChanges, { partitions }: Surroundings) {
  for (const [name, table] of tablesOf(projection))
    if (table.byMonth) await partitions.ensure(name, monthsOf(rows.get(name) ?? []));
}

const monthsOf = (rows: readonly Row[]): Set<string> => new Set(rows.map(monthOf));

/** Returns who is to be erased here as well, and how much of them was found there. */
async function storeElsewhere({ track, changes }: Change, { signal }: Surroundings) {
  const { projection, model } = track;
  const rows = [...changes.rows].filter(([name, some]) => name !== projection.state && some.length > 0);
  const place = { model: model.name, generation: model.generation };
  if (rows.length > 0)
    await inStore(projection, (elsewhere) => elsewhere.write(place, new Map(rows), signal));
  const erasing: Parameters<typeof erasePlayer>[1][] = [];
  for (const event of changes.erased) {
    const erase = (store: Elsewhere) => store.erase(place, event.subject);
    erasing.push({ projection, model, event, elsewhere: (await inStore(projection, erase)) ?? 0 });
  }
  return erasing;
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
  const isWaiting = ({ subject, type }: Recorded) => subjects.has(subject) && type !== ERASED;
  const waiting = subjects.size === 0 ? [] : events.filter(isWaiting);
  const free = waiting.length === 0 ? events : events.filter((event) => !isWaiting(event));
  try {
    await take([{ track, events: free, upTo, parked: waiting.map(behind) }], how.around);
  } catch (error) {
    forgetAll([track], how.around);
    if (!isPoison(error)) throw error;
    if (events.length <= 1) return how.onPoison(track, { event: events[0]!, upTo, error: error as Error });
    const half = events.length >> 1;
    await takeOrFind(track, { events: events.slice(0, half), upTo: events[half - 1]!.position }, how);
    await takeOrFind(track, { events: events.slice(half), upTo }, how);
  }
}

/** After an error: a partition or a state that is remembered may be no more. */
export function forgetAll(tracks: readonly Track[], { partitions }: Surroundings): void {
  for (const track of tracks) forget(track);
  partitions.forget();
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
