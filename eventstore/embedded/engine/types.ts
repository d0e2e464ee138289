/** What must be true of a stream for a write to happen; a number is the revision of its last event. */
export type Expectation = 'any' | 'no_stream' | 'stream_exists' | number;

/** An event as it is offered. `id` is a UUID as 16 bytes; data and metadata are stored as they are. */
export type ProposedEvent = {
  id: Uint8Array;
  type: string;
  isJson: boolean;
  data: Uint8Array;
  metadata: Uint8Array;
};

/** `deadline` is by `performance.now()`, since a clock may be set: an append not begun by then is `expired`, nothing written. */
export type AppendRequest = {
  stream: string;
  expected: Expectation;
  events: ProposedEvent[];
  deadline?: number;
};

export type WriteRequest =
  | ({ kind: 'append' } & AppendRequest)
  | { kind: 'delete' | 'tombstone'; stream: string; expected: Expectation };

/**
 * `revision` is that of the last event written (or found, for a retry); -1 for an empty append to a new stream.
 * `position` is 0 when nothing was ever written by it. `current` is -1 when the stream does not exist.
 */
export type WriteOutcome =
  | { outcome: 'written'; revision: number; position: number }
  | { outcome: 'wrong_expected_version'; current: number }
  | { outcome: 'stream_deleted' }
  | { outcome: 'expired' };

/**
 * What a stream's metadata (`$$stream`) says of how much of it is to be seen. Age in seconds. `floor` is the
 * first revision that was not scavenged.
 */
export type Retention = {
  maxCount?: number;
  maxAge?: number;
  truncateBefore?: number;
  softDeleted: boolean;
  floor?: number;
};

/** `no` is 0 and `head` -1 for a stream that was never written. */
export type StreamState = { no: number; head: number; tombstoned: boolean };

export type EngineErrorKind =
  | 'invalid_argument'
  | 'append_too_large'
  | 'corrupt'
  | 'unavailable'
  | 'locked'
  | 'newer_format'
  | 'storage';

/** Every error the engine itself raises; `message` is one line fit for a person. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly kind: EngineErrorKind,
    message: string,
  ) {
    super(message);
  }
}

/** The largest append, in bytes of type, data and metadata together. The same as the real server's default. */
export const MAX_APPEND_SIZE = 1024 * 1024;

export const isMetastream = (stream: string) => stream.startsWith('$$');
export const metastreamOf = (stream: string) => `$$${stream}`;
export const originalOf = (metastream: string) => metastream.slice(2);
