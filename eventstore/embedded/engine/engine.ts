import { mkdirSync } from 'node:fs';
import { catalogOf } from './catalog.js';
import { keyOf } from './keys.js';
import { acquireLock } from './lock.js';
import type { Pace } from './mover.js';
import { type Reader, readerOf } from './reader.js';
import { type Scavenge, scavengerOf } from './scavenge.js';
import { MAX_NAME_BYTES, openStore, storageError } from './store.js';
import {
  type AppendRequest,
  EngineError,
  type Expectation,
  MAX_APPEND_SIZE,
  type WriteOutcome,
} from './types.js';
import { writerOf } from './writer.js';

export type EngineOptions = {
  dir: string;
  /** The process on whose behalf this one runs; its own by default. */
  owner?: number;
  /** The clock, in ms since the epoch. */
  now?: () => number;
  /** How soon the index follows; tests let it follow at once. */
  pace?: Pace;
  /** The disk failed: this engine takes no more writes, a new one over the same folder may. */
  onFailure?: (error: EngineError) => void;
};

/**
 * An event log in one folder, for one process. Positions count the events from 1; a stream's revisions from 0.
 * Reads are synchronous and see exactly what is committed; writes resolve once they are on the disk.
 */
export type Engine = Pick<Reader, 'readStream' | 'readAll' | 'resolve'> & {
  append(request: AppendRequest): Promise<WriteOutcome>;
  deleteStream(stream: string, expected: Expectation): Promise<WriteOutcome>;
  tombstone(stream: string, expected: Expectation): Promise<WriteOutcome>;
  /** The position of the newest event that is there; 0 in an empty log. */
  head(): number;
  /** How many streams were ever written. */
  streams(): number;
  /** Gives back the space of what can no longer be read; one at a time, so the running one if there is one. */
  scavenge(): Scavenge;
  scavenging(): Scavenge | undefined;
  /** Calls back after each commit, until the function that it answers is called. */
  onCommit(listener: () => void): () => void;
  /** Finishes what is under way, then lets go of the folder. */
  close(): Promise<void>;
};

/** @throws EngineError `locked`, `newer_format`, `storage` or `corrupt`: one line that says why. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { dir, owner, now = Date.now, pace, onFailure } = options;
  makeFolder(dir);
  const lock = await acquireLock({ dir, owner });
  try {
    const store = openStore(dir, pace);
    const catalog = catalogOf(store);
    const listeners = new Set<() => void>();
    let head = store.newest();
    const hooks = {
      now,
      onCommit() {
        head = writer.committed();
        for (const listener of listeners) listener();
      },
      onFailure: (error: EngineError) => onFailure?.(error),
    };
    const writer = writerOf(store, catalog, hooks);
    const { readStream, readAll, resolve } = readerOf(store, catalog, { now, committed: writer.committed });
    const onRemoval = () => {
      head = store.newest();
    };
    return {
      readStream,
      readAll,
      resolve,
      ...scavengerOf({ store, catalog, writer, now, onRemoval }),
      append: async (request) => {
        check(request);
        return writer.write({ kind: 'append', ...request });
      },
      deleteStream: async (stream, expected) => {
        checkName(stream);
        return writer.write({ kind: 'delete', stream, expected });
      },
      tombstone: async (stream, expected) => {
        checkName(stream);
        return writer.write({ kind: 'tombstone', stream, expected });
      },
      head: () => head,
      streams: store.lastStreamNo,
      onCommit(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      async close() {
        await writer.close();
        await store.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw storageError(error, dir);
  }
}

function check({ stream, events }: AppendRequest): void {
  checkName(stream);
  let size = 0;
  const ids = new Set<string>();
  for (const event of events) {
    if (event.id.length !== 16) throw invalid('an event id must be a UUID');
    if (event.type === '' || event.type.length > 10_000) {
      throw invalid('an event type must have 1 to 10000 characters');
    }
    size += event.type.length * 2 + event.data.length + event.metadata.length;
    if (events.length > 1) ids.add(keyOf(event.id));
  }
  if (size > MAX_APPEND_SIZE) {
    throw new EngineError('append_too_large', `Maximum Append Size of ${MAX_APPEND_SIZE} Exceeded.`);
  }
  if (events.length > 1 && ids.size !== events.length)
    throw invalid('an event id appears twice in one append');
}

function checkName(stream: string): void {
  if (stream === '' || stream === '$all') throw invalid(`"${stream}" cannot be the name of a stream`);
  if (Buffer.byteLength(stream) > MAX_NAME_BYTES) {
    throw invalid(`a stream's name must have at most ${MAX_NAME_BYTES} bytes`);
  }
}

const invalid = (message: string) => new EngineError('invalid_argument', message);
