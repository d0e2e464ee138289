import type { Catalog } from './catalog.js';
import { corrupt, type StoredRecord, streamOf } from './record.js';
import { firstByCount } from './retention.js';
import type { Store } from './store.js';
import type { Retention } from './types.js';

/** `from` is inclusive in both directions; at most `max` events, and no more once `MAX_SLICE_BYTES` are read. */
export type StreamQuery = { stream: string; from: number | 'end'; backwards?: boolean; max: number };

/** `next` is where to read on in the same direction; undefined when there is no more. */
export type StreamSlice =
  | { status: 'ok'; records: StoredRecord[]; next?: number; head: number }
  | { status: 'not_found' }
  | { status: 'deleted' };

export type AllQuery = { from: number; backwards?: boolean; max: number };

export const MAX_SLICE_BYTES = 1024 * 1024;

export type Reader = ReturnType<typeof readerOf>;

export function readerOf(store: Store, catalog: Catalog, clock: { now(): number; committed(): number }) {
  function readStream(query: StreamQuery): StreamSlice {
    const { no, head, tombstoned } = catalog.state(query.stream);
    if (tombstoned) return { status: 'deleted' };
    if (head < 0) return { status: 'not_found' };
    const retention = catalog.retention(query.stream);
    if (retention.softDeleted) return { status: 'not_found' };
    const record = (revision: number) => recordIn(query.stream, no, revision);
    const first = firstVisible(retention, head, { record, now: clock.now() });
    const from = query.from === 'end' ? head : query.from;
    if (query.backwards) {
      const slice = take({ record, from: Math.min(from, head), to: first, step: -1, max: query.max });
      return { status: 'ok', ...slice, head };
    }
    const start = query.from === 'end' ? head + 1 : Math.max(from, first);
    return { status: 'ok', ...take({ record, from: start, to: head, step: 1, max: query.max }), head };
  }

  function recordIn(stream: string, no: number, revision: number): StoredRecord {
    const record = store.record(store.positionOf(no, revision));
    if (record.revision === revision && streamOf(record) === stream) return record;
    throw corrupt(record.position, `the index takes it for revision ${revision} of ${stream}`);
  }

  return {
    readStream,
    recordIn,
    /** What nobody can read any more of a stream: its revisions from `floor` on, before `visible`. */
    outOfSight(stream: string): { no: number; floor: number; visible: number } {
      const { no, head, tombstoned } = catalog.state(stream);
      const retention = catalog.retention(stream);
      const floor = retention.floor ?? 0;
      if (tombstoned || retention.softDeleted) return { no, floor, visible: head + 1 };
      const record = (revision: number) => recordIn(stream, no, revision);
      const first = firstVisible(retention, head, { record, now: clock.now() });
      return { no, floor, visible: Math.min(first, head + 1) };
    },
    readAll: allReaderOf(store, clock),
    /** What a link (`revision@stream`) leads to; undefined when it is not to be seen any more. */
    resolve(stream: string, revision: number): StoredRecord | undefined {
      const { no, head, tombstoned } = catalog.state(stream);
      if (tombstoned || revision > head || catalog.retention(stream).softDeleted) return undefined;
      const first = firstByCount(catalog.retention(stream), head);
      return revision < first ? undefined : recordIn(stream, no, revision);
    },
  };
}

/** Forwards from `from` inclusive; backwards from the event before `from`. */
function allReaderOf(store: Store, { committed }: { committed(): number }) {
  const gapAround = (position: number) => {
    const gap = store.gapAt(position);
    if (gap === undefined) throw corrupt(position, 'it is missing');
    return gap;
  };
  const later = (position: number) => store.find(position) ?? gapAround(position).end + 1;
  const earlier = (position: number) => store.find(position) ?? gapAround(position).start - 1;
  return ({ from, backwards, max }: AllQuery): StoredRecord[] => {
    const last = committed();
    const back = { record: earlier, from: Math.min(from - 1, last), to: 1, step: -1, max } as const;
    if (backwards) return take(back).records;
    return take({ record: later, from: Math.max(1, from), to: last, step: 1, max }).records;
  };
}

type Aged = { record(revision: number): StoredRecord; now: number };

/** Within a stream `created` never falls, so the first event young enough is found by halving. */
function firstVisible(retention: Retention, head: number, { record, now }: Aged): number {
  let low = firstByCount(retention, head);
  if (retention.maxAge === undefined) return low;
  const oldest = now - retention.maxAge * 1000;
  let high = head + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (record(middle).created < oldest) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Take = {
  /** What is there, or at which number to go on. */
  record: (at: number) => StoredRecord | number;
  from: number;
  to: number;
  step: 1 | -1;
  max: number;
};

/** Reads from one number towards another, both inclusive. */
function take({ record, from, to, step, max }: Take) {
  const records: StoredRecord[] = [];
  const inside = (at: number) => (step > 0 ? at <= to : at >= to);
  let bytes = 0;
  let at = from;
  while (inside(at) && records.length < max && bytes < MAX_SLICE_BYTES) {
    const found = record(at);
    at = typeof found === 'number' ? found : at + step;
    if (typeof found === 'number') continue;
    records.push(found);
    bytes += found.bytes.length;
  }
  return { records, next: inside(at) ? at : undefined };
}
