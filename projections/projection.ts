import type { LogEventType } from '../domain/events/log-events.js';
import type { EventLog } from '../eventstore/log.js';
import type { Recorded } from './recorded.js';

/** Column → value as JSON has it; times are ISO 8601 strings, `undefined` is NULL. */
export type Row = Record<string, unknown>;

type SqlType =
  | 'text'
  | 'uuid'
  | 'bigint'
  | 'integer'
  | 'double precision'
  | 'boolean'
  | 'date'
  | 'timestamptz'
  | 'jsonb';

/** Column → its type in Postgres; with a question mark it may be NULL. */
export type Columns = Readonly<Record<string, SqlType | `${SqlType}?`>>;

/** A table of a read model. It is made from this, so a changed table is a new version of its read model. */
export type Table = {
  /**
   * What a row does that a fold gives. `add`: it is there from then on. `put`: it stands in for the row of the
   * same key. `sum`: its columns outside the key are added to those of the row of the same key.
   */
  how: 'add' | 'put' | 'sum';
  columns: Columns;
  /** The primary key; the column by which a table is partitioned is a part of it. */
  key: readonly string[];
  indexes?: readonly (readonly string[])[];
  /** The column that names the player whose row it is, where that is not `player_id`: such rows end with the player. */
  player?: string;
} & Partitioned;

type Partitioned =
  /** By the month of the column `at`; a partition is made when a row of its month comes. */
  | { byMonth?: boolean; byHash?: undefined }
  /** By the hash of a column, into so many parts from the beginning: who asks for one value reads one of them. */
  | { byMonth?: undefined; byHash: { column: string; parts: number } };

/** A read model: its tables, and the pure fold that turns the log's events into their rows. */
export type Projection = {
  /** Also the name of its checkpoint and its lock; never changes. */
  name: string;
  /** A new number builds it anew from the start of the log, beside the one that is read meanwhile. */
  version: number;
  /** A mark of what decides its rows beside the program and the log. */
  madeBy?: string;
  /** Rows by another `madeBy` do not go with these, such as vectors of two models: it counts as a new version. */
  madeByIsVersion?: boolean;
  /** The events it is about; it is shown no others. */
  types: readonly LogEventType[];
  tables: Readonly<Record<string, Table>>;
  /** The `put` table, keyed by the subject alone, whose row of the event's subject the fold is shown. */
  state?: string;
  /** The read model that it belongs to, which belongs to none itself: both are built, compared and switched as one. */
  together?: string;
  /** Where its tables are when not in Postgres; the state always is. */
  elsewhere?: Elsewhere;
  /**
   * Reads what the fold has to know of these events beside their subjects' states, from the log itself: the same for the
   * same events whenever they are folded. @throws LogUnavailable
   */
  prepare?(events: readonly Recorded[], log: EventLog): Promise<void>;
  /** Pure. `state` is the subject's row of that table as it stood before this event. */
  fold(event: Recorded, state: Row | undefined): Folded;
};

/** Table → the rows an event makes there. Nothing: the event changes nothing. */
export type Folded = Readonly<Record<string, Row | readonly Row[] | undefined>>;

/**
 * A store beside Postgres that holds read models, such as an index of vectors. What is written may be written
 * again: the same key is the same row, so it knows no sums. Each call ends within seconds: by its own time-out
 * where the store does not answer. Whatever it throws is "not now": the same is asked again later.
 */
export type Elsewhere = {
  /** Makes room for a generation where there is none. */
  prepare(model: string, generation: string): Promise<void>;
  /** Resolves when all rows are durable there. Ends early when `signal` aborts. */
  write(place: StorePlace, rows: ReadonlyMap<string, Row[]>, signal?: AbortSignal): Promise<void>;
  /** Whether it is there: rows of one that is not are lost. */
  holds(model: string, generation: string): Promise<boolean>;
  /** How many rows each table has, and a digest of them in whatever order; none of a generation that is not there. */
  digests(model: string, generation: string): Promise<Record<string, Digest>>;
  /** From now on this generation is read. The one before stays until it is dropped. May be said again. */
  publish(model: string, generation: string): Promise<void>;
  /** Everything of a player. @returns how much that was; nothing where there is no such generation. */
  erase(place: StorePlace, player: string): Promise<number>;
  /** Nothing where there is none. */
  drop(model: string, generation: string): Promise<void>;
};

export type StorePlace = { model: string; generation: string };

/** Two tables with the same rows have the same. */
export type Digest = { rows: number; digest: string };
