import type { Encoded } from './encode.js';
import { byteLength, newId } from './encode.js';
import { CompanionError } from './errors.js';
import { MAX_EVENTS_PER_FRAME, MAX_FRAME_BYTES, type ServerFrameOf } from './protocol.js';
import type { Ack } from './types.js';

/**
 * What was sent and is not yet answered, in the order it was sent. No I/O: the caller carries frames out and
 * answers in. Everything added leaves exactly once: acknowledged or refused.
 */
export type Outbox = {
  readonly maxInFlight: number;
  /** In order of `seq`. */
  waiting: Item[];
  readonly flying: Map<string, Flight>;
  readonly pending: Map<string, Item>;
  nextSeq: number;
};

export type Item = Encoded & {
  seq: number;
  /** In how large a frame it may travel; halved after a frame was refused without saying which event. */
  batchLimit: number;
  /** How often the engine failed on it alone. */
  failures: number;
  promise: Promise<Ack>;
  resolve(ack: Ack): void;
  reject(error: CompanionError): void;
};

export type Flight = { id: string; text: string; items: Item[]; sentAt: number };

export const createOutbox = (maxInFlight: number): Outbox => ({
  maxInFlight,
  waiting: [],
  flying: new Map(),
  pending: new Map(),
  nextSeq: 0,
});

export function add(outbox: Outbox, encoded: Encoded): Item {
  const item = createItem(encoded, outbox.nextSeq++);
  outbox.waiting.push(item);
  outbox.pending.set(item.id, item);
  return item;
}

/** Puts what an earlier run left unanswered in front. Ids that are pending already stay as they are. */
export function addInFront(outbox: Outbox, earlier: Encoded[]): Item[] {
  const unknown = earlier.filter(({ id }) => !outbox.pending.has(id));
  const items = unknown.map((encoded, index) => createItem(encoded, index - unknown.length));
  outbox.waiting = [...items, ...outbox.waiting];
  for (const item of items) outbox.pending.set(item.id, item);
  return items;
}

function createItem(encoded: Encoded, seq: number): Item {
  const item = { ...encoded, seq, batchLimit: MAX_EVENTS_PER_FRAME, failures: 0 } as Item;
  item.promise = new Promise((resolve, reject) => {
    item.resolve = resolve;
    item.reject = reject;
  });
  // A game that does not look at the promise must not be ended by it.
  item.promise.catch(() => undefined);
  return item;
}

/** The next frame to send, or nothing when there is none or the window is full. */
export function takeFrame(outbox: Outbox, now: number): Flight | undefined {
  if (outbox.waiting.length === 0 || outbox.flying.size >= outbox.maxInFlight) return undefined;
  const items = outbox.waiting.splice(0, howManyTogether(outbox.waiting));
  const flight = items.length === 1 ? alone(items[0]!, now) : together(items, now);
  outbox.flying.set(flight.id, flight);
  return flight;
}

const alone = (item: Item, sentAt: number): Flight => ({
  id: item.id,
  text: item.frame,
  items: [item],
  sentAt,
});

const envelope = (id: string, events: string) => `{"type":"game_events","id":"${id}","events":[${events}]}`;
const ENVELOPE_BYTES = byteLength(envelope(newId(), ''));

function together(items: Item[], sentAt: number): Flight {
  const id = newId();
  return { id, text: envelope(id, items.map((item) => item.batched!.text).join()), items, sentAt };
}

/** The run of game events at the head that fits into one frame; at least 1. */
function howManyTogether(waiting: readonly Item[]): number {
  let [bytes, limit, count] = [ENVELOPE_BYTES, MAX_EVENTS_PER_FRAME, 0];
  for (const item of waiting) {
    limit = Math.min(limit, item.batchLimit);
    bytes += (item.batched?.bytes ?? 0) + 1;
    if (!item.batched || count >= limit || bytes > MAX_FRAME_BYTES) break;
    count++;
  }
  return Math.max(1, count);
}

/** An ack came. Its frame's events are settled; an unknown id (an ack that came twice) changes nothing. */
export function acknowledge(outbox: Outbox, frame: ServerFrameOf<'ack'>, ackedAt: number): void {
  const found = find(outbox, frame.id);
  for (const item of found?.items ?? []) {
    outbox.pending.delete(item.id);
    item.resolve({
      id: item.id,
      position: frame.position,
      duplicate: frame.duplicate ?? false,
      sentAt: found!.flight.sentAt,
      ackedAt,
    });
  }
}

/** Takes an answered frame out of the air; the id of one event within a frame takes out that event only. */
export function find(outbox: Outbox, id: string): { flight: Flight; items: Item[] } | undefined {
  const flight = outbox.flying.get(id);
  if (flight) {
    outbox.flying.delete(id);
    return { flight, items: flight.items };
  }
  for (const other of outbox.flying.values()) {
    const item = other.items.find((each) => each.id === id);
    if (!item) continue;
    other.items = other.items.filter((each) => each !== item);
    if (other.items.length === 0) outbox.flying.delete(other.id);
    return { flight: other, items: [item] };
  }
  return undefined;
}

/** Back into the queue, each at its place. */
export function putBack(outbox: Outbox, items: Item[]): void {
  outbox.waiting = [...items, ...outbox.waiting].sort((a, b) => a.seq - b.seq);
}

/** The connection is gone: whatever was under way waits again. */
export function landAll(outbox: Outbox): void {
  const flights = [...outbox.flying.values()];
  outbox.flying.clear();
  putBack(
    outbox,
    flights.flatMap(({ items }) => items),
  );
}

export function drop(outbox: Outbox, item: Item, error: CompanionError): void {
  outbox.pending.delete(item.id);
  item.reject(error);
}

export function dropAll(outbox: Outbox, errorOf: (item: Item) => CompanionError): void {
  const items = [...outbox.pending.values()];
  outbox.waiting = [];
  outbox.flying.clear();
  for (const item of items) drop(outbox, item, errorOf(item));
}
