import type { StoredEvent } from '../../eventstore/log.js';

/**
 * What happened last to each player, as it is in the log: a person's words stay sealed. The log is the truth, and what
 * stands at a place in a stream stands there for ever: so whoever keeps it, in whichever order and how often, keeps the
 * same. Losing all, or some, costs time alone.
 */
export type RecentEvents = {
  /** Keeps what the log gave, for an hour from the last push of the stream. What is there already stays. */
  push(stream: string, events: readonly StoredEvent[]): Promise<void>;
  /**
   * The last 100 events (or all that there are), oldest first, up to and with `upTo`; without it up to the newest that
   * was kept, which may not be the newest there is. `null` when one of them was not kept: the log knows.
   */
  last(stream: string, upTo?: number): Promise<readonly StoredEvent[] | null>;
  forget(stream: string): Promise<void>;
  /** How many of a stream are kept. @throws while nobody can tell */
  count(stream: string): Promise<number>;
};

/** So many events are asked for. */
export const LAST = 100;
/** So many are kept: whoever asks up to some place asks a little later than it was the newest. */
export const KEPT = 128;
export const KEPT_MS = 3_600_000;

/** What was kept up to a place, newest first, as an answer: `null` when it has a hole or does not reach. */
export function answerOf(
  kept: readonly StoredEvent[],
  upTo = kept[0]?.revision,
): readonly StoredEvent[] | null {
  const reaches = kept.length === LAST || kept.at(-1)?.revision === 0;
  if (!reaches || kept.some(({ revision }, nth) => revision !== upTo! - nth)) return null;
  return kept.toReversed();
}

/** Characters of events that are kept in all: those of some 500 players. */
const ROOM = 32 * 2 ** 20;

type Kept = { revision: number; text: string };
type Options = { clock?: () => number; room?: number; keptMs?: number };

/** For one instance alone. The players whose last push is longest ago make room. */
export function recentInProcess({
  clock = () => performance.now(),
  room = ROOM,
  keptMs = KEPT_MS,
}: Options = {}): RecentEvents {
  const streams = new Map<string, { until: number; events: Kept[] }>();
  let left = room;
  const forget = (stream: string) => {
    for (const { text } of streams.get(stream)?.events ?? []) left += text.length;
    streams.delete(stream);
  };
  /** Each push puts its stream to the end: those in front are the first whose time is over. */
  const makeRoom = () => {
    for (const [stream, { until }] of streams) {
      if (left >= 0 && until > clock()) return;
      forget(stream);
    }
  };
  return {
    async push(stream, added) {
      if (added.length === 0) return;
      makeRoom();
      const events = streams.get(stream)?.events ?? [];
      for (const event of added.slice(-KEPT)) left -= insert(events, event);
      for (const { text } of events.splice(0, events.length - KEPT)) left += text.length;
      streams.delete(stream);
      streams.set(stream, { until: clock() + keptMs, events });
      makeRoom();
    },
    async last(stream, upTo = Number.POSITIVE_INFINITY) {
      const kept = streams.get(stream);
      if (!kept || kept.until <= clock()) return null;
      const end = kept.events.findLastIndex(({ revision }) => revision <= upTo) + 1;
      const events = kept.events.slice(Math.max(0, end - LAST), end).map(({ text }) => JSON.parse(text));
      return answerOf(events.reverse(), Number.isFinite(upTo) ? upTo : undefined);
    },
    async forget(stream) {
      forget(stream);
    },
    count: async (stream) => streams.get(stream)?.events.length ?? 0,
  };
}

/** Returns the characters that it adds. */
function insert(kept: Kept[], event: StoredEvent): number {
  const { revision } = event;
  const at = kept.findLastIndex((other) => other.revision <= revision);
  if (kept[at]?.revision === revision) return 0;
  const text = JSON.stringify(event);
  kept.splice(at + 1, 0, { revision, text });
  return text.length;
}
