import { type Found, nothingFound } from '../../domain/kernel/found.js';
import type { EventLog, StoredEvent } from '../../eventstore/log.js';
import { LAST, type RecentEvents } from './recent-events.js';

export type Recent = {
  /** How often memory knew. */
  readonly found: Found;
  /** Keeps what the log gave; nobody waits, and what cannot be kept is not. */
  note(events: readonly StoredEvent[]): void;
  /** The player was erased, as somebody else was told: nothing is kept from here on. */
  forget(stream: string): void;
  /** The last 100 events up to and with one that is there, oldest first. @throws LogUnavailable */
  lastEvents(stream: string, upTo: number): Promise<readonly StoredEvent[]>;
  /** As the log's own; read backwards from a place, the first hundred come from memory. @throws LogUnavailable */
  readStream: EventLog['readStream'];
};

type Parts = {
  log: Pick<EventLog, 'readStream'>;
  recent: RecentEvents;
  /** Told when the memory stops answering, once a minute at most. */
  warn: (message: string, error: unknown) => void;
  clock?: () => number;
};

/** Events on their way into the memory: what comes on top is not kept. */
const UNDER_WAY_MAX = 10_000;

/** So many streams that have ended are known; of whom it is longest nobody asks any more. */
const ENDED_MAX = 100_000;

/** What happened last, from memory where that answers in time and knows, else from the log. */
export function recentOf({ log, recent, warn, clock = () => performance.now() }: Parts): Recent {
  const ask = whileItAnswers(warn, clock);
  const found = nothingFound();
  const ended = new Set<string>();
  let underWay = 0;
  const forget = (stream: string) => {
    ended.add(stream);
    if (ended.size > ENDED_MAX) ended.delete(ended.values().next().value!);
    // Also of one that does not answer; where it is not done, whoever carries out the erasure does it.
    void recent.forget(stream).catch(() => {});
  };
  const push = (stream: string, events: readonly StoredEvent[]) => {
    // Whoever is late may have read what was before the end.
    if (ended.has(stream) || underWay + events.length > UNDER_WAY_MAX) return;
    underWay += events.length;
    void ask(() => recent.push(stream, events)).finally(() => {
      underWay -= events.length;
    });
  };
  const keep = (stream: string, events: readonly StoredEvent[]) => {
    if (events.some(endsAll)) forget(stream);
    else push(stream, events);
  };
  const lastEvents = async (stream: string, upTo: number) => {
    const known = await ask(() => recent.last(stream, upTo));
    found[known ? 'hits' : 'misses']++;
    if (known) return known;
    const events: StoredEvent[] = [];
    for await (const event of log.readStream(stream, { from: upTo, backwards: true, max: LAST }))
      events.push(event);
    keep(stream, events.reverse());
    return events;
  };
  return {
    found,
    forget,
    lastEvents,
    note(events) {
      for (const [stream, own] of byStream(events)) keep(stream, own);
    },
    async *readStream(stream, options = {}) {
      const { from, backwards, max = Number.POSITIVE_INFINITY } = options;
      if (!backwards || from === undefined) return yield* log.readStream(stream, options);
      const events = (await lastEvents(stream, from)).toReversed().slice(0, max);
      yield* events;
      const before = (events.at(-1)?.revision ?? 0) - 1;
      const left = max - events.length;
      if (before >= 0 && left > 0) yield* log.readStream(stream, { from: before, backwards, max: left });
    },
  };
}

/** Nothing of the player is kept from here on. */
export const endsAll = ({ type }: StoredEvent) => type === 'PlayerErased' || type === 'ErasureCertified';

function byStream(events: readonly StoredEvent[]): Map<string, StoredEvent[]> {
  const streams = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const others = streams.get(event.stream);
    if (others) others.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams;
}

/** Longer than this no answer is waited for. */
const WITHIN_MS = 200;
/** Whoever did not answer is asked again, by one alone, after this. */
const REST_MS = 1_000;
const SAID_EVERY_MS = 60_000;

type Ask = <T>(question: () => Promise<T>) => Promise<T | null>;

/** Asks what can be done without; `null` when it fails or is late, and for a while after that. */
function whileItAnswers(warn: Parts['warn'], clock: () => number): Ask {
  let askAgainAt: number | null = null;
  let sayAgainAt = Number.NEGATIVE_INFINITY;
  const failed = (error: unknown) => {
    if (askAgainAt === null && clock() >= sayAgainAt) {
      warn('the short-term memory does not answer: the log is read instead', error);
      sayAgainAt = clock() + SAID_EVERY_MS;
    }
    askAgainAt = clock() + REST_MS;
    return null;
  };
  return async (question) => {
    if (askAgainAt !== null && clock() < askAgainAt) return null;
    if (askAgainAt !== null) askAgainAt = clock() + REST_MS;
    try {
      const answer = await inTime(question());
      askAgainAt = null;
      return answer;
    } catch (error) {
      return failed(error);
    }
  };
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new Error(`no answer within ${WITHIN_MS} ms`));
    // What came while this thread was at work is heard before it is called late.
    timer = setTimeout(() => setImmediate(giveUp), WITHIN_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
