import { setTimeout as sleep } from 'node:timers/promises';
import { UnreadableEvent } from '../domain/events/read.js';
import { anySignal } from '../eventstore/abort.js';
import type { Batch, EventLog, PlacedEvent } from '../eventstore/log.js';
import type { Logger } from './database.js';
import { flush } from './flush.js';
import { type Recorded, recordedOf } from './recorded.js';
import type { Course } from './status.js';
import { advance, countParked, type Surroundings, type Track } from './track.js';

/** Tries to take the locks that other processes held; true when one was free. */
export type TakeFree = () => Promise<boolean>;
export type Following = Surroundings & { log: EventLog; takeFree: TakeFree; ended: AbortSignal };

/** How often one looks whether another process let a read model go. */
export const TAKE_OVER_MS = 1_000;
/** The events of one batch are folded at one go: larger ones would keep sockets waiting. */
const MAX_BATCH = 500;
/**
 * Batches smaller than this mean that the log is caught up with. A breath then lets the next one grow, since a
 * transaction costs much the same for one event and for fifty; who waits for a row ends the breath.
 */
const SMALL_BATCH = 100;
const BREATH_MS = 200;
const FLUSH_MS = 1_000;

/**
 * One reading of the log for all read models of this process, from the one that is farthest behind. Returns
 * when it is told to stop, or when a lock came free and another read model is to join.
 */
export async function followTogether(following: Following, course: Course): Promise<void> {
  const joined = new AbortController();
  const { signal, release } = anySignal(following.ended, joined.signal);
  const unwatch = watchLocks(following.takeFree, () => joined.abort());
  course.state = 'running';
  try {
    await takeBatches(following, course, signal);
  } finally {
    unwatch();
    release();
  }
}

/** While Postgres takes one batch in, the next is read and checked. */
async function takeBatches(following: Following, course: Course, ended: AbortSignal): Promise<void> {
  const tracks = [...course.tracks.values()];
  const failed = new AbortController();
  const { signal, release } = anySignal(ended, failed.signal);
  let writing = Promise.resolve();
  const afterThat = (work: () => Promise<void>) => {
    writing = writing.then(work);
    // The log may have nothing more to tell: it must not be waited for when the writing has failed.
    writing.catch(() => failed.abort());
  };
  const flushing = setInterval(() => afterThat(() => flush(tracks, following.pool)), FLUSH_MS);
  try {
    const after = Math.min(...tracks.map((track) => track.position));
    for await (const batch of following.log.follow(after, { signal, maxBatch: MAX_BATCH })) {
      const readable = readBatch(batch, tracks, following.logger);
      await writing;
      afterThat(() => advanceAll(tracks, readable, following));
      if (readable.small) {
        afterThat(() => flush(tracks, following.pool));
        await writing;
        await breathe(course, signal);
      }
      if (signal.aborted) break;
    }
  } finally {
    clearInterval(flushing);
    release();
    await writing;
  }
}

/** Tries now and then whether another process let a read model go; calls back when one was taken. */
function watchLocks(takeFree: TakeFree, onTaken: () => void): () => void {
  const timer = setInterval(() => {
    // A failure here means the lock connection broke, which ends the session by itself.
    takeFree().then(
      (taken) => taken && onTaken(),
      () => {},
    );
  }, TAKE_OVER_MS);
  return () => clearInterval(timer);
}

async function breathe(course: Course, signal: AbortSignal): Promise<void> {
  if (course.awaited > 0) return;
  const woken = new AbortController();
  const either = anySignal(signal, woken.signal);
  course.wake = () => woken.abort();
  await sleep(BREATH_MS, undefined, { signal: either.signal }).catch(() => {});
  course.wake = () => {};
  either.release();
}

type Readable = {
  events: Recorded[];
  unreadable: PlacedEvent[];
  upTo: number;
  newest: string | null;
  small: boolean;
};

/** Those of a batch that some read model is about; what does not keep to the shapes of the log is passed over. */
function readBatch({ events, position }: Batch, tracks: Track[], logger: Logger): Readable {
  const types = new Set<string>(tracks.flatMap((track) => track.projection.types));
  const unreadable: PlacedEvent[] = [];
  const readable = events.flatMap((event) => {
    if (!types.has(event.type)) return [];
    try {
      return recordedOf(event) ?? [];
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      const { stream, position } = event;
      logger.error({ stream, position, reason: error.message }, 'an event is unreadable and passed over');
      unreadable.push(event);
      return [];
    }
  });
  const newest = events.at(-1)?.metadata?.recordedAt ?? null;
  return { events: readable, unreadable, upTo: position, newest, small: events.length < SMALL_BATCH };
}

/** Waits for all, also when one fails: none may still be writing when they start again. */
async function advanceAll(tracks: Track[], batch: Readable, around: Surroundings): Promise<void> {
  for (const event of batch.unreadable) countParked(event, tracks);
  const settled = await Promise.allSettled(tracks.map((track) => advance(track, batch, around)));
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
  if (batch.newest) for (const track of tracks) track.recordedAt = batch.newest;
}
