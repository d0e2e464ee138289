import type { Resolved } from '../engine/links.js';
import { idOf, type StoredRecord } from '../engine/record.js';

/** An event on its way through a group. */
export type Entry = Resolved & {
  /** Of the event itself, or of the link that led to it: what consumers settle it by. */
  id: string;
  /** Its place in the order of what the group consumes or, `replayed`, of what it has parked. */
  number: number;
  replayed: boolean;
  /** How often it was delivered before. */
  retries: number;
  state: 'waiting' | 'sent' | 'parking' | 'settled';
  /** When it was delivered last. */
  sentAt: number;
  seat?: Seat;
  bucket?: number;
};

/** A consumer's place in a group. It has at most `size` events that it has not settled. */
export type Seat = {
  size: number;
  inFlight: number;
  send(entry: Entry): void;
  /** The group lets go of it. */
  drop(): void;
};

/** An id as a key of maps. */
export const keyOfId = (id: Buffer) => id.toString('latin1');

export const recordOf = ({ event, link }: Resolved): StoredRecord => (link ?? event)!;

export function entryOf(resolved: Resolved, number: number, replayed = false): Entry {
  return {
    event: resolved.event,
    link: resolved.link,
    id: keyOfId(idOf(recordOf(resolved))),
    number,
    replayed,
    retries: 0,
    state: 'waiting',
    sentAt: 0,
    seat: undefined,
    bucket: undefined,
  };
}
