import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogEvent } from '../domain/events/log-events.js';
import { readLogEvent, UnreadableEvent } from '../domain/events/read.js';
import type { Decider } from '../domain/kernel/decider.js';
import { Rejection } from '../domain/kernel/rejection.js';
import { type EventMetadata, START, type StoredEvent } from '../eventstore/log.js';
import type { Pages } from './pages.js';

/** An event about to be written. */
export type Draft = LogEvent & { id: string; metadata: EventMetadata };

/** What a command makes of a stream: events, none (it was carried out before), or a no. */
export type Work<State> = (state: State, knows: (id: string) => boolean) => readonly Draft[] | Rejection;

/** Where the stream stands, durably, after a piece of work. */
export type Done<State> = { state: State; revision: number; position: number; written: number };

export type Job<State> = {
  work: Work<State>;
  bytes: number;
  resolve: (result: Done<State> | Rejection) => void;
};

export type HotOptions<State = unknown> = {
  /** `any`: appends never conflict, the ids alone guard. `exact`: the state decided on must still be true. */
  expect: 'any' | 'exact';
  /** How many event ids are kept in memory over all streams. */
  maxIds?: number;
  /** Without them every stream is read whole. */
  pages?: Pages<State>;
};

/** A stream in memory. */
export type Hot<State> = {
  state: State;
  revision: number;
  position: number;
  /** Ids of all events of the stream: what was stored once is not stored again. */
  ids: Set<string>;
  /** All events below this revision are known. */
  solid: number;
  /** Known events beyond it, from and up to: what lies between was written by others and not told of yet. */
  ahead: Map<number, number>;
  jobs: Job<State>[];
  writing: boolean;
  /** An append was lost from sight: what the log holds is to be read before anything is decided. */
  uncertain: boolean;
  loading: Promise<void> | null;
  /** How many wait to use it. */
  wanted: number;
  /** What others appended while the stream was being read. */
  early: StoredEvent[];
};

/** The server takes at most 1 MiB in one append; the rest is room for the protocol's own. */
const MAX_APPEND_BYTES = 800 * 1024;

/** A stream of which nothing is known yet. */
export const cold = <State>(initial: State): Hot<State> => ({
  state: initial,
  revision: -1,
  position: START,
  ids: new Set(),
  solid: 0,
  ahead: new Map(),
  jobs: [],
  writing: false,
  uncertain: false,
  loading: null,
  wanted: 0,
  early: [],
});

/**
 * Turns of the event loop that a busy stream waits before its next append: the answers to the last one leave
 * first, and what they bring in from whoever waited for them goes into the next one as well. Measured: appends
 * half as many and twice as large, a third more events a second.
 */
const BREATH_TURNS = 5;
export async function breath(): Promise<void> {
  for (let turn = 0; turn < BREATH_TURNS; turn++) await nextTurn();
}

/** Notes that the events from one revision up to another one, which is not among them, are known. */
export function learn(hot: { solid: number; ahead: Map<number, number> }, from: number, to: number): void {
  if (from > hot.solid) {
    for (const [start, end] of hot.ahead) {
      if (from < start || from > end) continue;
      hot.ahead.set(start, Math.max(end, to));
      return;
    }
    hot.ahead.set(from, to);
    return;
  }
  hot.solid = Math.max(hot.solid, to);
  if (hot.ahead.size === 0) return;
  for (const [start, end] of [...hot.ahead].sort(([a], [b]) => a - b)) {
    if (start > hot.solid) return;
    hot.ahead.delete(start);
    hot.solid = Math.max(hot.solid, end);
  }
}

/** The jobs that fit into one append. */
export function takeTogether<State>(jobs: Job<State>[]): Job<State>[] {
  let bytes = 0;
  let count = 0;
  while (count < jobs.length && (count === 0 || bytes + jobs[count]!.bytes <= MAX_APPEND_BYTES)) {
    bytes += jobs[count++]!.bytes;
  }
  return jobs.splice(0, count);
}

/** What jobs decide one after the other, each as if those before it were stored; for each how many events, or why none. */
export function decideTogether<Command, State>(
  { evolve }: Decider<Command, LogEvent, State>,
  { state: from, ids }: Pick<Hot<State>, 'state' | 'ids'>,
  jobs: readonly Job<State>[],
): { drafts: Draft[]; outcomes: (number | Rejection)[] } {
  const drafts: Draft[] = [];
  const fresh = new Set<string>();
  let state = from;
  const outcomes = jobs.map(({ work }): number | Rejection => {
    const decided = work(state, (id) => ids.has(id) || fresh.has(id));
    if (decided instanceof Rejection) return decided;
    for (const draft of decided) {
      drafts.push(draft);
      fresh.add(draft.id);
      state = evolve(state, draft);
    }
    return decided.length;
  });
  return { drafts, outcomes };
}

/** `null`, and told of: one event that cannot be read must not close its stream for ever. */
export function readOr(onBug: (error: unknown) => void, stored: StoredEvent): LogEvent | null {
  try {
    return readLogEvent(stored);
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    onBug(error);
    return null;
  }
}
