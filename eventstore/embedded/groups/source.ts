import type { Engine } from '../engine/engine.js';
import { type StoredRecord, streamOf } from '../engine/record.js';
import { EngineError } from '../engine/types.js';
import { matcherOf } from '../filter.js';
import { ALL, type GroupKey, type GroupSettings } from './settings.js';

/** What a group consumes. A place in it is a revision, or a position of `$all`. */
export type Source = {
  /** The events after a place; `end`: there are no more. @throws EngineError when the stream is deleted for good. */
  read(after: number, max: number): { records: StoredRecord[]; end: boolean };
  placeOf(record: StoredRecord): number;
  /** `hidden`: not even counted towards a checkpoint. */
  sort(record: StoredRecord): 'ours' | 'other' | 'hidden';
  /** The place of the newest event. */
  end(): number;
  /** The place before the first. */
  start: number;
};

export function sourceFor(engine: Engine, { stream }: GroupKey, { filter }: GroupSettings): Source {
  if (stream !== ALL) return streamSource(engine, stream);
  const wanted = filter === undefined ? () => true : matcherOf(filter);
  return {
    read(after, max) {
      const records = engine.readAll({ from: after + 1, max });
      const last = records.at(-1);
      // Nothing at all also when all that comes was scavenged, or the log is still empty.
      return { records, end: last === undefined || last.position >= engine.head() };
    },
    placeOf: (record) => record.position,
    sort: (record) => (isOwn(streamOf(record)) ? 'hidden' : wanted(record) ? 'ours' : 'other'),
    end: () => engine.head(),
    start: 0,
  };
}

/** What groups of `$all` write themselves: each checkpoint would be the reason for the next. */
const isOwn = (stream: string) => /^\$persistentsubscription-\$all::.*-(checkpoint|parked)$/s.test(stream);

function streamSource(engine: Engine, stream: string): Source {
  return {
    read(after, max) {
      const slice = engine.readStream({ stream, from: after + 1, max });
      if (slice.status === 'deleted') throw new EngineError('unavailable', `the stream ${stream} is deleted`);
      if (slice.status === 'not_found') return { records: [], end: true };
      return { records: slice.records, end: slice.next === undefined };
    },
    placeOf: (record) => record.revision,
    sort: () => 'ours',
    end() {
      const probe = engine.readStream({ stream, from: 'end', max: 0 });
      return probe.status === 'ok' ? probe.head : -1;
    },
    start: -1,
  };
}
