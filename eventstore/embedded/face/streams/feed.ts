import type { Engine } from '../../engine/engine.js';
import { resolveLink } from '../../engine/links.js';
import type { StoredRecord } from '../../engine/record.js';
import { streamDeleted } from '../errors.js';
import { type Delivered, eventResponse } from '../read-response.js';
import type { Query } from './query.js';

/** Events in slices, in the order of a query. `end`: there was no more when the slice was read. */
export type Feed = (max: number) => { records: StoredRecord[]; end: boolean };

/** The events that a read asks for; undefined when the stream does not exist. @throws a refusal when deleted. */
export function feedOf(engine: Engine, query: Query): Feed | undefined {
  if (query.stream === undefined) return allFeed(engine, query);
  return streamFeed(engine, { ...query, stream: query.stream });
}

function allFeed(engine: Engine, { from, backwards }: Query): Feed {
  const head = engine.head();
  let at = from === 'start' ? 0 : from === 'end' ? head + 1 : from;
  return (max) => {
    const records = engine.readAll({ from: at, backwards, max });
    const last = records.at(-1);
    if (last !== undefined) at = backwards ? last.position : last.position + 1;
    // What comes after the read began is not part of it.
    return { records, end: last === undefined || (backwards ? at <= 1 : at > head) };
  };
}

function streamFeed(engine: Engine, query: Query & { stream: string }): Feed | undefined {
  const { stream, backwards } = query;
  const probe = engine.readStream({ stream, from: 'end', max: 0 });
  if (probe.status === 'deleted') throw streamDeleted(stream);
  if (probe.status === 'not_found') return undefined;
  let from = query.from === 'start' ? 0 : query.from;
  return (max) => {
    const slice = engine.readStream({ stream, from, backwards, max });
    if (slice.status !== 'ok') return { records: [], end: true };
    from = slice.next ?? 0;
    return { records: slice.records, end: slice.next === undefined };
  };
}

/**
 * Where a stream ends and, when a read forwards begins where nothing is to be seen, the revision with which it
 * goes on; for callers that understand it.
 */
export function edgesOf(engine: Engine, { stream, from, backwards, compatibility }: Query) {
  if (compatibility < 1 || stream === undefined) return undefined;
  const slice = engine.readStream({ stream, from: 0, max: 1 });
  if (slice.status !== 'ok') return undefined;
  const visible = slice.records[0]?.revision ?? slice.head + 1;
  const start = from === 'start' ? 0 : from === 'end' ? slice.head + 1 : from;
  const first = start < visible ? visible : slice.head + 1;
  const isTold = !backwards && first !== start && (start < visible || start > slice.head);
  return { last: slice.head, first: isTold ? first : undefined };
}

/** The events after a place, for ever; `end` says that the subscriber is up to date. */
export function subscriptionFeed(engine: Engine, { stream, from }: Query): Feed {
  if (stream === undefined) return allSubscription(engine, from);
  const probe = engine.readStream({ stream, from: 'end', max: 0 });
  let after = from === 'start' ? -1 : from;
  if (after === 'end') after = probe.status === 'ok' ? probe.head : -1;
  let next: number = after + 1;
  return (max) => {
    const slice = engine.readStream({ stream, from: next, max });
    if (slice.status === 'deleted') throw streamDeleted(stream);
    if (slice.status === 'not_found') return { records: [], end: true };
    next = (slice.records.at(-1)?.revision ?? next - 1) + 1;
    return { records: slice.records, end: slice.next === undefined };
  };
}

function allSubscription(engine: Engine, from: Query['from']): Feed {
  let after = from === 'start' ? 0 : from === 'end' ? engine.head() : from;
  return (max) => {
    const records = engine.readAll({ from: after + 1, max });
    after = records.at(-1)?.position ?? after;
    return { records, end: after >= engine.head() };
  };
}

/** An event as it is sent: a link beside what it leads to, where the caller wants links resolved. */
export function encoderOf(engine: Engine, query: Query): (record: StoredRecord) => Buffer {
  return (record) => {
    const delivered: Delivered = query.resolveLinks ? resolveLink(engine, record) : { event: record };
    return eventResponse(delivered, query.structuredIds);
  };
}
