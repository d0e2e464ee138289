import type { Entry, Seat } from './entry.js';
import type { Choice, Strategy } from './strategies.js';

/** What is with consumers, the longest ago first. */
export type Sent = {
  readonly size: number;
  readonly total: number;
  get(id: string): Entry | undefined;
  /** Sends an event to whom the strategy chooses, if anybody. */
  send(entry: Entry, now: number): Choice;
  /** Takes it back from its consumer. */
  release(entry: Entry): void;
  with(seat: Seat): Entry[];
  /** What was sent so long ago, or longer. */
  before(time: number): Entry[];
};

export function sentBy(strategy: Strategy): Sent {
  const entries = new Map<string, Entry>();
  let total = 0;
  return {
    get size() {
      return entries.size;
    },
    get total() {
      return total;
    },
    get: (id) => entries.get(id),
    send(entry, now) {
      // Two events may have one id; an ack could not tell them apart, so one waits for the other.
      if (entries.has(entry.id)) return 'later';
      const choice = strategy.choose(entry);
      if (typeof choice === 'string') return choice;
      entry.state = 'sent';
      entry.seat = choice;
      entry.sentAt = now;
      entries.set(entry.id, entry);
      choice.inFlight++;
      total++;
      choice.send(entry);
      return choice;
    },
    release(entry) {
      const { seat } = entry;
      if (seat === undefined) return;
      entries.delete(entry.id);
      entry.seat = undefined;
      seat.inFlight--;
      strategy.release(entry, seat);
    },
    with: (seat) => [...entries.values()].filter((entry) => entry.seat === seat),
    before(time) {
      const found: Entry[] = [];
      for (const entry of entries.values()) {
        if (entry.sentAt > time) break;
        found.push(entry);
      }
      return found;
    },
  };
}
