import type { LogEventType } from '../domain/events/log-events.js';
import type { Recorded } from './recorded.js';

/** Column → value as JSON has it; times are ISO 8601 strings, `undefined` is NULL. */
export type Row = Record<string, unknown>;

/** Rows that are only ever added; partitioned by the month of their column `at`. */
export type AppendTable = { name: string; columns: readonly string[] };

/**
 * One row a subject, kept up to date. Its column `revision` says which event of the subject's stream it knows
 * last; older ones delivered again are passed over.
 */
export type KeptTable = { name: string; key: string; columns: readonly string[] };

/** A read model: its tables, and the pure fold that turns the log's events into their rows. */
export type Projection = {
  /** Also the name of its checkpoint and its lock; never changes. */
  name: string;
  /** A new number empties the tables and reads the log from its start. */
  version: number;
  /** The events it is about; it is shown no others. */
  types: readonly LogEventType[];
  appends?: AppendTable;
  keeps?: KeptTable;
  /** Pure. `kept` is the subject's row as it stood before this event. */
  fold(event: Recorded, kept: Row | undefined): Folded;
};

/** What an event changes: a row to add, the subject's row as it is now. Neither: nothing. */
export type Folded = { append?: Row; keep?: Row };

export type RowChanges = { appends: Row[]; keeps: Map<string, Row> };

/** The event that a fold could not digest, and why. */
export class FoldFailed extends Error {
  override readonly name = 'FoldFailed';
}

/**
 * Events in, row changes out. Pure: the same events over the same kept rows give the same changes, and events
 * that a kept row already knows change nothing.
 * @throws FoldFailed
 */
export function foldEvents(
  projection: Projection,
  events: readonly Recorded[],
  kept: ReadonlyMap<string, Row>,
): RowChanges {
  const changes: RowChanges = { appends: [], keeps: new Map() };
  for (const event of events) {
    const before = changes.keeps.get(event.subject) ?? kept.get(event.subject);
    if (before && event.revision <= Number(before.revision)) continue;
    const { append, keep } = foldOne(projection, event, before);
    if (append) changes.appends.push(append);
    if (keep) changes.keeps.set(event.subject, keep);
  }
  return changes;
}

function foldOne(projection: Projection, event: Recorded, before: Row | undefined): Folded {
  try {
    return projection.fold(event, before);
  } catch (error) {
    throw new FoldFailed(`${event.type} ${event.id}: ${(error as Error).message}`, { cause: error });
  }
}
