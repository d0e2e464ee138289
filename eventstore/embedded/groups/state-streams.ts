import type { Engine } from '../engine/engine.js';
import { LINK_TYPE, type Resolved, resolveLink } from '../engine/links.js';
import { systemEvent } from '../engine/plan.js';
import { dataOf, type StoredRecord, streamOf } from '../engine/record.js';
import { MAX_NAME_BYTES } from '../engine/store.js';
import { metastreamOf, type ProposedEvent } from '../engine/types.js';
import { type GroupKey, keyOf, parsePlace, placeText } from './settings.js';

/**
 * What a group keeps lies in streams of the log, under the real server's names: where it has got to, and links
 * to the events that it has put aside.
 */
export const checkpointStreamOf = (key: GroupKey) => `$persistentsubscription-${keyOf(key)}-checkpoint`;
export const parkedStreamOf = (key: GroupKey) => `$persistentsubscription-${keyOf(key)}-parked`;

/** Whether the log takes streams of these names; the longest is that of the metadata of the checkpoints. */
export const isNameable = (key: GroupKey) =>
  Buffer.byteLength(metastreamOf(checkpointStreamOf(key))) <= MAX_NAME_BYTES;

export const json = (value: unknown) => Buffer.from(JSON.stringify(value));

const admins = (metaRead: string) => ({
  $r: '$admins',
  $w: '$admins',
  $d: '$admins',
  $mr: metaRead,
  $mw: '$admins',
});

/** @throws Error when the log refuses it. */
export async function write(engine: Engine, stream: string, event: ProposedEvent): Promise<number> {
  const outcome = await engine.append({ stream, expected: 'any', events: [event] });
  if (outcome.outcome !== 'written') throw new Error(`${stream} takes no event: ${outcome.outcome}`);
  return outcome.revision;
}

export const writeMetadata = (engine: Engine, stream: string, metadata: object) =>
  write(engine, metastreamOf(stream), systemEvent('$metadata', json(metadata)));

/** The newest event of a stream. */
export function newest(engine: Engine, stream: string): StoredRecord | undefined {
  const slice = engine.readStream({ stream, from: 'end', backwards: true, max: 1 });
  return slice.status === 'ok' ? slice.records[0] : undefined;
}

/** Up to where everything is settled; undefined when nothing was written down yet, or nothing that is a place. */
export function readCheckpoint(engine: Engine, key: GroupKey): number | undefined {
  const record = newest(engine, checkpointStreamOf(key));
  return record && parsePlace(dataOf(record).toString().replaceAll('"', ''))?.commit;
}

export async function writeCheckpoint(engine: Engine, key: GroupKey, place: number): Promise<void> {
  const stream = checkpointStreamOf(key);
  const isNew = newest(engine, stream) === undefined;
  const first = isNew ? [writeMetadata(engine, stream, { $maxCount: 2, $acl: admins('$all') })] : [];
  const data = json(placeText(key.stream, { commit: place, prepare: place }));
  await Promise.all([...first, write(engine, stream, systemEvent('$SubscriptionCheckpoint', data))]);
}

/** A link to the event, and why. */
export function writeParked(
  engine: Engine,
  key: GroupKey,
  { event, link, reason }: Resolved & { reason: string },
) {
  const data = event ? Buffer.from(`${event.revision}@${streamOf(event)}`) : dataOf(link!);
  const { revision } = (link ?? event)!;
  const metadata = json({ added: new Date().toISOString(), reason, subscriptionEventNumber: revision });
  return write(engine, parkedStreamOf(key), { ...systemEvent(LINK_TYPE, data), isJson: false, metadata });
}

/** Parked events from a revision on, each as the link that is parked and what that leads to. */
export function readParked(engine: Engine, key: GroupKey, { from, max }: { from: number; max: number }) {
  const slice = engine.readStream({ stream: parkedStreamOf(key), from, max });
  const records = slice.status === 'ok' ? slice.records : [];
  return records.map((record) => ({ revision: record.revision, event: resolveLink(engine, record) }));
}

/** The revisions of what is parked, `next` being that of what will be; nothing is when they are the same. */
export function parkedRange(engine: Engine, key: GroupKey): { first: number; next: number } {
  const slice = engine.readStream({ stream: parkedStreamOf(key), from: 0, max: 1 });
  if (slice.status !== 'ok') return { first: 0, next: 0 };
  const next = slice.head + 1;
  return { first: slice.records[0]?.revision ?? next, next };
}

export async function truncateParked(engine: Engine, key: GroupKey, before: number): Promise<void> {
  await writeMetadata(engine, parkedStreamOf(key), { $tb: before, $acl: admins('$admins') });
}

export async function deleteStateStreams(engine: Engine, key: GroupKey): Promise<void> {
  const streams = [checkpointStreamOf(key), parkedStreamOf(key)];
  const there = streams.filter((stream) => engine.readStream({ stream, from: 0, max: 0 }).status === 'ok');
  await Promise.all(there.map((stream) => engine.deleteStream(stream, 'any')));
}
