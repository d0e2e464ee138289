import type { LogEvent } from '../domain/events/log-events.js';
import type { Rejection } from '../domain/kernel/rejection.js';
import { type EventMetadata, START, type StoredEvent } from '../eventstore/log.js';

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

/** A stream in memory. */
export type Hot<State> = {
  state: State;
  revision: number;
  position: number;
  /** Ids of all events of the stream: what was stored once is not stored again. */
  ids: Set<string>;
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
  jobs: [],
  writing: false,
  uncertain: false,
  loading: null,
  wanted: 0,
  early: [],
});

/** The jobs that fit into one append. */
export function takeTogether<State>(jobs: Job<State>[]): Job<State>[] {
  let bytes = 0;
  let count = 0;
  while (count < jobs.length && (count === 0 || bytes + jobs[count]!.bytes <= MAX_APPEND_BYTES)) {
    bytes += jobs[count++]!.bytes;
  }
  return jobs.splice(0, count);
}
