/**
 * The port of the event log: what the rest of the engine knows of EventStoreDB. Shapes follow the server's
 * (https://docs.kurrent.io/clients/grpc/): streams of events, one order over all of them.
 */

/** The place of an event in the order of the whole log: the server's commit position. 0 is before everything. */
export type Position = number;
export const START: Position = 0;

/** Metadata that every event of the engine carries. Times the game gives are data, never here. */
export type EventMetadata = {
  $correlationId: string;
  $causationId: string;
  schemaVersion: number;
  clientId?: string;
  gameId?: string;
  /** ISO 8601, the engine's clock when it was accepted. */
  recordedAt: string;
  /** Read from a recording: it happened long ago, and nobody is there. */
  imported?: true;
  /** W3C Trace Context of what it was stored for, where that is traced. */
  traceparent?: string;
};

export type NewEvent = { id: string; type: string; data: unknown; metadata: EventMetadata };

export type StoredEvent = {
  id: string;
  stream: string;
  /** Place within its stream, from 0. */
  revision: number;
  /** Place within the whole log; `null` where a server does not tell it for reads of one stream. */
  position: Position | null;
  type: string;
  data: unknown;
  metadata: EventMetadata;
};

/** A stored event whose place in the whole log is known. */
export type PlacedEvent = StoredEvent & { position: Position };

/** What must be true of the stream for an append to happen; a number is the revision of its last event. */
export type Expected = 'any' | 'no_stream' | 'stream_exists' | number;

export type Appended =
  | { ok: true; revision: number; position: Position }
  | { ok: false; reason: 'wrong_expected_version' };

/** Events in the log's order. `position` is how far the follower has got, also when no event of its came. */
export type Batch = { events: PlacedEvent[]; position: Position };

export type ReadStream = { from?: number; backwards?: boolean; max?: number };

export type EventLog = {
  /**
   * Durable when it resolves. Retrying with the same event ids writes nothing new.
   * @throws LogUnavailable when the server cannot be reached: the append may or may not have happened. At once when
   * it has been away for a while, or when more waits to be appended than there is room for.
   */
  append(stream: string, events: NewEvent[], expected: Expected): Promise<Appended>;
  /** An unknown or deleted stream is an empty one. `from` is inclusive. */
  readStream(stream: string, options?: ReadStream): AsyncIterable<StoredEvent>;
  /**
   * All events after a position (`'end'`: from now on), without gap or double, for ever: it reconnects by
   * itself. Batches are as large as the follower is slow, up to `maxBatch`. Ends when `signal` aborts.
   */
  follow(after: Position | 'end', options: FollowOptions): AsyncIterable<Batch>;
  /**
   * Everything after a position up to and with another, in order, without gap or double: then it ends. Nothing of
   * the server's own is in it, nor what is written meanwhile. Ends early when `signal` aborts.
   * @throws LogUnavailable when the log stays away; for a while it is waited for.
   */
  read(after: Position, range: ReadRange): AsyncIterable<PlacedEvent[]>;
  /** Of this stream only the newest `count` events are kept; older ones are given up. */
  keepNewest(stream: string, count: number): Promise<void>;
  /** All that the stream has is given up; it is an empty one then. Again is once. @throws LogUnavailable */
  deleteStream(stream: string): Promise<void>;
  /**
   * Takes part in a group, made from the start of the log when it is not there. All events of one stream go to
   * one consumer as long as it lives. What has arrived comes together, in order. Reconnects by itself, for ever;
   * ends when `signal` aborts, and what is not settled by then goes to the others.
   */
  consume(group: Group, options: ConsumeOptions): AsyncIterable<Delivery[]>;
  /** `null` when nobody ever took part in it. */
  groupStatus(group: Group): Promise<GroupStatus | null>;
  /** What was parked and has not been replayed since, oldest first. */
  parked(group: Group, max?: number): AsyncIterable<ParkedEvent>;
  /** All parked events are given again. Returns how many there were. */
  replayParked(group: Group): Promise<number>;
  /** The position of the newest event; START in an empty log. */
  head(): Promise<Position>;
  /** How it stands with the log, as far as callers have found out. */
  health(): LogHealth;
  close(): Promise<void>;
};

/** `streams`: those whose names begin so. `types`: those event types alone. Both: what fits both. Neither: all. */
export type ReadRange = {
  upTo: Position;
  streams?: readonly string[];
  types?: readonly string[];
  signal: AbortSignal;
};

/** Whether an event that comes after the range's beginning is of the range. */
export const isWithin = ({ type, stream, position }: PlacedEvent, range: ReadRange): boolean =>
  position <= range.upTo &&
  !type.startsWith('$') &&
  (range.types?.includes(type) ?? true) &&
  (range.streams?.some((prefix) => stream.startsWith(prefix)) ?? true);

export type FollowOptions = { signal: AbortSignal; maxBatch?: number };

/** Consumers that share the events of some streams: each event goes to one of them, again until it is settled. */
export type Group = {
  name: string;
  /** The group reads the whole log, filtered by the server: streams, or types of events, whose names begin so. */
} & ({ streams: string } | { types: string });

/** Whether an event is one of the group's. */
export const isOfGroup = (group: Group, { stream, type }: Pick<StoredEvent, 'stream' | 'type'>): boolean =>
  'types' in group ? type.startsWith(group.types) : stream.startsWith(group.streams);

/** What happens to an event that could not be taken: given again, put aside for people, or passed over. */
export type Refusal = 'retry' | 'park' | 'skip';

/** What was given so often again is parked, whoever refuses it. */
export const RETRIES_MAX = 10;

/** An event on loan. It is given again, maybe to another consumer, when it is not settled in time. */
export type Delivery = {
  event: PlacedEvent;
  /** How often it was given before. */
  retries: number;
  ack(): void;
  nack(how: Refusal, reason: string): void;
};

/** How a group stands. */
export type GroupStatus = {
  name: string;
  /** Everything up to here is settled; START before anything was. */
  position: Position;
  /** Events on loan or waiting to be given. */
  inFlight: number;
  parked: number;
  consumers: number;
};

export type ParkedEvent = { event: PlacedEvent; reason: string; parkedAt: string };

export type ConsumeOptions = {
  signal: AbortSignal;
  /** Events on loan to this consumer at most. */
  inFlight?: number;
};

export type LogHealth = {
  /** `open`: callers are answered at once that the log is away. `half_open`: one append is let through, to see. */
  breaker: 'closed' | 'open' | 'half_open';
  /** Why it is not closed. */
  trouble: { since: string; reason: string } | null;
  /** Appends under way, and those that wait for their turn. */
  underWay: number;
  waiting: number;
};

/** The log cannot be reached. What was being appended is to be sent again under the same ids. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
}
