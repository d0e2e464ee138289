import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { EventLog } from '../eventstore/log.js';
import { inTransaction, type Logger } from './database.js';
import { ERASED, isAfterErasure } from './erased.js';
import { type ParkedRow, parkedOf } from './halted.js';
import { type Recorded, recordedOrBroken } from './recorded.js';
import { allOf } from './settled.js';
import {
  type Batch,
  forgetAll,
  isPoison,
  type Poison,
  type Share,
  type Surroundings,
  take,
  takeOrFind,
} from './take.js';
import { forget, type Track } from './track.js';

export type Live = Surroundings & { log: EventLog; logger: Logger };

/**
 * Takes what of a batch concerns each and is new to it, all in one transaction. One that cannot take an event holds
 * up no other: then each goes alone, and what it cannot take is parked.
 */
export async function advanceAll(tracks: readonly Track[], batch: Batch, live: Live): Promise<void> {
  const shares = tracks.map((track) => shareOf(track, batch));
  const alone = shares.filter(isBehindParked);
  const together = shares.filter((share) => !alone.includes(share));
  try {
    await takeTogether(together, live);
  } catch (error) {
    forgetAll(tracks, live);
    if (!isPoison(error)) throw error;
    alone.push(...together);
  }
  await allOf(alone.map((share) => takeAlone(share, live)));
  for (const { track, events, upTo } of shares) {
    track.rate.count(events.length);
    track.position = upTo;
  }
}

function shareOf(track: Track, { events, upTo }: Batch): Share {
  return { track, events: newTo(track, events), upTo: Math.max(track.position, upTo) };
}

const isBehindParked = ({ track: { halted }, events }: Share): boolean =>
  halted.subjects.size > 0 && events.some(({ subject }) => halted.subjects.has(subject));

/** Also the places of those that nothing concerns: they cost no transaction of their own then. */
async function takeTogether(shares: readonly Share[], live: Live): Promise<void> {
  if (!shares.some(({ events }) => events.length > 0)) return;
  const moving = shares.filter(({ track, upTo }) => upTo > track.model.position);
  await take(moving, live);
}

async function takeAlone({ track, events, upTo }: Share, live: Live): Promise<void> {
  if (events.length === 0) return;
  const onPoison = (_: Track, poison: Poison) => retryThenPark(track, poison, live);
  await takeOrFind(track, { events, upTo }, { around: live, onPoison });
}

/** Those that concern it and are new to it. After a player was erased, none of theirs is. */
export const newTo = (track: Track, events: readonly Recorded[]): Recorded[] =>
  events.filter((event) => isNewTo(track, event));

export function isNewTo({ projection, halted, erased, position }: Track, event: Recorded): boolean {
  if (event.position <= position || isAfterErasure(erased, event)) return false;
  if (event.type === ERASED) erased.set(event.subject, event.position);
  else if (!projection.types.includes(event.type)) return false;
  return !halted.skipped.has(event.position);
}

/** What hinders one event may pass; but all others wait meanwhile, so not for long. */
const RETRY_AFTER_MS = [0, 100, 400];
/** With one poisonous event after the other it is the fold: waiting for each would stop everybody. */
const QUIET_MS = 10_000;

async function retryThenPark(track: Track, { event, upTo, error }: Poison, live: Live): Promise<void> {
  let last = error;
  const hurry = event.unreadable !== undefined || performance.now() - track.halted.lastAt < QUIET_MS;
  const waits = hurry ? [0] : RETRY_AFTER_MS;
  for (const wait of waits) {
    await sleep(wait);
    try {
      await take([{ track, events: [event], upTo }], live);
      return;
    } catch (again) {
      forget(track);
      if (!isPoison(again)) throw again;
      last = again as Error;
    }
  }
  const { id, type, position } = event;
  await take([{ track, events: [], upTo, parked: [{ event, error: last, tries: waits.length + 1 }] }], live);
  track.halted.subjects.add(event.subject);
  track.halted.lastAt = performance.now();
  const fields = { projection: track.projection.name, id, type, position, reason: last.message };
  live.logger.error(fields, 'an event was parked, and what follows of its subject waits');
}

/** Takes once more what somebody has asked for, each subject's in its order, up to what still cannot be taken. */
export async function takeAgain(track: Track, live: Live): Promise<void> {
  const { name } = track.projection;
  for (const subject of await subjectsToRetry(live.pool, name)) {
    const rows = await parkedOf(live.pool, name, { after: 0, limit: Number.MAX_SAFE_INTEGER, subject });
    if (!(await takeInOrder(track, rows, live))) continue;
    track.halted.subjects.delete(subject);
    const { stream } = rows[0]!;
    live.logger.info({ projection: name, stream, events: rows.length }, 'parked events were taken');
  }
}

async function subjectsToRetry(pool: Pool, projection: string): Promise<string[]> {
  const { rows } = await pool.query(
    "select distinct subject from parked_events where projection = $1 and state = 'retry'",
    [projection],
  );
  return rows.map(({ subject }) => subject);
}

/** True when all were taken, or are passed over. */
async function takeInOrder(track: Track, rows: ParkedRow[], live: Live): Promise<boolean> {
  for (const row of rows) {
    if (row.state === 'skipped') {
      track.halted.skipped.add(row.position);
      continue;
    }
    try {
      await takeOne(track, await eventOf(row, live.log), live);
    } catch (error) {
      forget(track);
      if (!isPoison(error)) throw error;
      await stillParked(live.pool, track.projection.name, { row, error: error as Error });
      return false;
    }
  }
  return true;
}

/** Its rows and the end of its waiting in one transaction; the checkpoint is beyond it already. */
async function takeOne(track: Track, event: Recorded, live: Live): Promise<void> {
  await track.projection.prepare?.([event], live.log);
  const done = { projection: track.projection.name, position: event.position };
  await take([{ track, events: [event], upTo: track.model.position, done }], live);
}

async function stillParked(
  pool: Pool,
  projection: string,
  { row, error }: { row: ParkedRow; error: Error },
): Promise<void> {
  const values = [projection, row.position, row.subject, error.message.replaceAll('\0', '\uFFFD')];
  await inTransaction(pool, async (client) => {
    await client.query(
      'update parked_events set error = $4, tries = tries + 1 where projection = $1 and position = $2 and subject = $3',
      values,
    );
    await client.query(
      "update parked_events set state = 'parked' where projection = $1 and subject = $2 and state = 'retry'",
      [projection, row.subject],
    );
  });
}

async function eventOf({ stream, revision, position }: ParkedRow, log: EventLog): Promise<Recorded> {
  for await (const event of log.readStream(stream, { from: revision, max: 1 })) {
    const recorded = recordedOrBroken({ ...event, position });
    if (recorded && event.revision === revision) return recorded;
  }
  throw new RangeError(`the log has no event ${revision} of ${stream} any more`);
}
