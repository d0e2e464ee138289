import { setTimeout as sleep } from 'node:timers/promises';
import { anySignal } from '../eventstore/abort.js';
import type { Batch } from '../eventstore/log.js';
import { advanceAll, type Live, takeAgain } from './advance.js';
import { typesOf } from './erased.js';
import { prepareAll } from './felt-by.js';
import { toRetry } from './halted.js';
import { moveAllOn } from './models.js';
import { type Recorded, recordedOrBroken } from './recorded.js';
import type { Course } from './status.js';
import type { Track } from './track.js';

/** `look` tells whether another process let a read model go, or one was switched. */
export type Following = Live & { look: () => Promise<boolean>; ended: AbortSignal };

/** How often one looks. */
export const LOOK_MS = 1_000;
/** The events of one batch are folded at one go: larger ones would keep sockets waiting. */
const MAX_BATCH = 500;
/**
 * Batches smaller than this mean that the log is caught up with. A breath then lets the next one grow, since a
 * transaction costs much the same for one event and for fifty; who waits for a row ends the breath.
 */
const SMALL_BATCH = 100;
const BREATH_MS = 50;
const TIDY_MS = 1_000;

/**
 * One reading of the log for all read models of this process, from the one that is farthest behind. Returns
 * when it is told to stop, or when the read models that are followed are to be opened anew.
 */
export async function followTogether(following: Following, course: Course): Promise<void> {
  const joined = new AbortController();
  const { signal, release } = anySignal(following.ended, joined.signal);
  const unwatch = watch(following.look, () => joined.abort());
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
  const tidying = setInterval(() => afterThat(() => tidy(tracks, following)), TIDY_MS);
  try {
    const after = Math.min(...tracks.map((track) => track.position));
    let before = after;
    for await (const batch of following.log.follow(after, { signal, maxBatch: MAX_BATCH })) {
      if (batch.events.length > 0)
        course.stride = Math.max(1, (batch.position - before) / batch.events.length);
      before = batch.position;
      const readable = readBatch(batch, tracks);
      await writing;
      afterThat(() => takeBatch(tracks, readable, following));
      if (readable.small) {
        afterThat(() => writeDown(tracks, following));
        await writing;
        await breathe(course, signal);
      }
      if (signal.aborted) break;
    }
  } finally {
    clearInterval(tidying);
    release();
    await writing;
  }
}

function watch(look: () => Promise<boolean>, onChange: () => void): () => void {
  const timer = setInterval(() => {
    // A failure here means that the database is away, which ends the session by itself.
    look().then(
      (changed) => changed && onChange(),
      () => {},
    );
  }, LOOK_MS);
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

/** Now and then: how far everybody is, and what somebody wants to be taken once more. */
async function tidy(tracks: Track[], live: Live): Promise<void> {
  await writeDown(tracks, live);
  const wanted = await toRetry(live.pool);
  for (const track of tracks) if (wanted.has(track.projection.name)) await takeAgain(track, live);
}

async function writeDown(tracks: readonly Track[], { pool }: Live): Promise<void> {
  const ahead = tracks.filter(({ position, model }) => position > model.position);
  await moveAllOn(pool, ahead);
  for (const track of ahead) track.model = { ...track.model, position: track.position };
}

type Readable = { events: Recorded[]; upTo: number; newest: string | null; small: boolean };

/** Those of a batch that some read model is about. */
function readBatch({ events, position }: Batch, tracks: Track[]): Readable {
  const types = new Set<string>(tracks.flatMap((track) => typesOf(track.projection)));
  const readable = events.flatMap((event) => (types.has(event.type) ? (recordedOrBroken(event) ?? []) : []));
  const newest = events.at(-1)?.metadata?.recordedAt ?? null;
  return { events: readable, upTo: position, newest, small: events.length < SMALL_BATCH };
}

async function takeBatch(tracks: Track[], batch: Readable, live: Live): Promise<void> {
  await prepareAll(
    tracks.map(({ projection }) => projection),
    batch.events,
    live.log,
  );
  await advanceAll(tracks, batch, live);
  if (batch.newest) for (const track of tracks) track.recordedAt = batch.newest;
}
