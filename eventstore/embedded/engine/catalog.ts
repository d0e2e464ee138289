import { type Lru, lru } from './lru.js';
import { dataOf, streamOf } from './record.js';
import { keepAll, keepNewest, parseRetention } from './retention.js';
import type { Store } from './store.js';
import {
  EngineError,
  isMetastream,
  metastreamOf,
  originalOf,
  type Retention,
  type StreamState,
} from './types.js';

/** What is known of each stream, as of the last commit. Bounded: what is forgotten is read again. */
export type Catalog = {
  state(stream: string): StreamState;
  retention(stream: string): Retention;
  /** The data of the stream's newest `$metadata`. */
  metadata(stream: string): Buffer | undefined;
  /** After a commit, never before: a reader must not see a head that is not on the disk. */
  committed(stream: string, state: StreamState): void;
  /** After a part of the stream was scavenged. */
  scavenged(stream: string): void;
};

const unknown: StreamState = { no: 0, head: -1, tombstoned: false };

export function catalogOf(store: Store, limit = 100_000): Catalog {
  const states: Lru<StreamState> = lru(limit);
  const retentions: Lru<Retention> = lru(limit);
  const own = (stream: string): StreamState => {
    const cached = states.get(stream);
    if (cached !== undefined) return cached;
    const no = store.streamNo(stream);
    if (no === 0) return unknown;
    const { revision, tombstoned } = store.head(no);
    const found = { no, head: revision, tombstoned };
    states.set(stream, found);
    return found;
  };
  const metadata = (stream: string): Buffer | undefined => {
    const metastream = metastreamOf(stream);
    const { no, head } = own(metastream);
    if (head < 0 || head < store.floor(no)) return undefined;
    const record = store.record(store.positionOf(no, head));
    if (streamOf(record) !== metastream) {
      throw new EngineError('corrupt', `the log is damaged: the index of ${metastream} leads elsewhere`);
    }
    return dataOf(record);
  };
  const said = (stream: string): Retention => {
    if (isMetastream(stream)) return keepNewest;
    const data = metadata(stream);
    return data === undefined ? keepAll : parseRetention(data);
  };
  return {
    state(stream) {
      const state = own(stream);
      // A tombstone closes the stream's metadata too.
      if (!isMetastream(stream) || !own(originalOf(stream)).tombstoned) return state;
      return { ...state, tombstoned: true };
    },
    retention(stream) {
      const cached = retentions.get(stream);
      if (cached !== undefined) return cached;
      const { no } = own(stream);
      const found = { ...said(stream), floor: no === 0 ? 0 : store.floor(no) };
      retentions.set(stream, found);
      return found;
    },
    metadata,
    committed(stream, state) {
      states.set(stream, state);
      if (isMetastream(stream)) retentions.delete(originalOf(stream));
    },
    scavenged: (stream) => retentions.delete(stream),
  };
}
