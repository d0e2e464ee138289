import type { WriteSide } from '../commands/context.js';
import type { Outcome } from '../commands/watch.js';
import { Rejection } from '../domain/kernel/rejection.js';
import { awayOf } from './away.js';
import type { PlayFrame } from './ws/play.js';

/** A frame that was taken in: what is done for it, and how it ended. */
export type Watched = { traceparent: string | undefined; ended(outcome: Outcome): void };

type Came = PlayFrame | { type: 'events'; id: string; events: readonly { id: string }[] };

/** Counts a frame, and traces it where that is wanted: by what it says itself, or `traceparent` of its request. */
export function watchFrame(
  { watch, tracing }: Pick<WriteSide, 'watch' | 'tracing'>,
  frame: Came,
  { clientId, traceparent }: { clientId: string; traceparent?: unknown },
): Watched {
  const since = performance.now();
  watch.came(frame, clientId);
  const parent = 'traceparent' in frame ? frame.traceparent : traceparent;
  const span = tracing.enter('frame', typeof parent === 'string' ? parent : undefined);
  return {
    traceparent: span?.traceparent,
    ended(outcome) {
      watch.took('frame', performance.now() - since);
      watch.ended('gateway', outcome);
      span?.end({ frame: frame.type, outcome });
    },
  };
}

/** The same around what is done for it. */
export async function watched<T>(
  side: Pick<WriteSide, 'watch' | 'tracing'>,
  frame: Came,
  of: { clientId: string; traceparent?: unknown },
  work: (traceparent: string | undefined) => Promise<T | Rejection>,
): Promise<T | Rejection> {
  const { traceparent, ended } = watchFrame(side, frame, of);
  try {
    const done = await work(traceparent);
    ended(done instanceof Rejection ? done.code : 'ok');
    return done;
  } catch (error) {
    ended(awayOf(error)?.code ?? 'internal');
    throw error;
  }
}
