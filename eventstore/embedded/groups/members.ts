import type { Resolved } from '../engine/links.js';
import type { Entry, Seat } from './entry.js';
import type { Strategy } from './strategies.js';
import { type Timings, timings } from './timings.js';

/** Somebody who takes events of a group. */
export type Consumer = {
  /** How many events it takes before it settles one. */
  size: number;
  user: string;
  connectionName: string;
  send(event: Resolved, retries: number): void;
  /** The group lets go of it. */
  drop(): void;
};

export type ConnectionInfo = {
  username: string;
  connectionName: string;
  averageItemsPerSecond: number;
  totalItems: number;
  countSinceLastMeasurement: number;
  measurements: { key: string; value: number }[];
  availableSlots: number;
  inFlightMessages: number;
};

type Member = { seat: Seat; consumer: Consumer; total: number; counted: number; timings?: Timings };

/** Who is connected, and what each of them has done. */
export type Members = {
  readonly size: number;
  seat(consumer: Consumer): Seat;
  unseat(consumer: Consumer): Seat | undefined;
  all(): Seat[];
  /** Tells each member how long it had what it is rid of. */
  timed(strategy: Strategy, now: () => number): Strategy;
  /** Since the last time that this was asked, `seconds` ago. */
  measure(seconds: number): ConnectionInfo[];
};

export function membersOf({ extraStatistics }: { extraStatistics: boolean }): Members {
  const members = new Map<Consumer, Member>();
  const bySeat = new Map<Seat, Member>();
  return {
    get size() {
      return members.size;
    },
    seat(consumer) {
      const send = (entry: Entry) => {
        member.total++;
        consumer.send(entry, entry.retries);
      };
      const seat: Seat = { size: consumer.size, inFlight: 0, send, drop: consumer.drop };
      const member: Member = { seat, consumer, total: 0, counted: 0 };
      if (extraStatistics) member.timings = timings();
      members.set(consumer, member);
      bySeat.set(seat, member);
      return seat;
    },
    unseat(consumer) {
      const member = members.get(consumer);
      if (member === undefined) return undefined;
      members.delete(consumer);
      bySeat.delete(member.seat);
      return member.seat;
    },
    all: () => [...bySeat.keys()],
    timed: (strategy, now) => ({
      ...strategy,
      release(entry, seat) {
        bySeat.get(seat)?.timings?.add(now() - entry.sentAt);
        strategy.release(entry, seat);
      },
    }),
    measure: (seconds) => [...members.values()].map((member) => measure(member, seconds)),
  };
}

function measure(member: Member, seconds: number): ConnectionInfo {
  const { consumer, seat, total } = member;
  const since = total - member.counted;
  member.counted = total;
  return {
    username: consumer.user,
    connectionName: consumer.connectionName,
    averageItemsPerSecond: perSecond(since, seconds),
    totalItems: total,
    countSinceLastMeasurement: since,
    measurements: member.timings?.measurements() ?? [],
    availableSlots: seat.size - seat.inFlight,
    inFlightMessages: seat.inFlight,
  };
}

export const perSecond = (count: number, seconds: number) => (seconds > 0 ? Math.floor(count / seconds) : 0);
