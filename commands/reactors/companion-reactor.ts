import { setMaxListeners } from 'node:events';
import type { Acted } from '../../domain/companion/companion.js';
import type { Stage } from '../../domain/companion/stage.js';
import type { Book } from '../../domain/emotion/book.js';
import { backoff } from '../../eventstore/backoff.js';
import type { EventLog, Group, PlacedEvent, Position } from '../../eventstore/log.js';
import type { RecallFor } from '../memory/recall-for.js';
import type { Tracing } from '../tracing.js';
import { Companions } from './companions.js';
import { openLoans } from './loans.js';

export type ReactorParts = {
  log: EventLog;
  now: () => Date;
  /** Told of what went wrong and what is done about it. */
  warn: (message: string, error: unknown) => void;
  /** Who decides what is felt; the built-in rules alone when not given. */
  book?: Book;
  /** What a game gives its companions; nothing when not given. @throws LogUnavailable */
  stageOf?: (gameId: string) => Promise<Stage>;
  /** What comes to mind; without it companions remember nothing. */
  recallFor?: RecallFor;
  /** How many companions are kept awake at once. */
  awakeMax?: number;
  /** About how many events lie between two snapshots of a companion. */
  snapshotEvery?: number;
  /** Waited for after what is taken from the log: whoever reacts may have to let others go first. */
  rest?: (events: readonly PlacedEvent[], signal: AbortSignal) => Promise<void>;
  /** Told of each event that was reacted to. */
  felt?: (felt: Felt) => void;
  /** Told of what is put aside. */
  parked?: () => void;
  tracing?: Tracing;
  /** Told what the log holds of the players, as it is given: nobody waits for what is done with it. */
  seen?: (events: readonly PlacedEvent[]) => void;
};

/** What came of an event: an act, or none. `waitedMs`: since it was stored; `tookMs`: to decide. */
export type Felt = { event: PlacedEvent; acted: Acted | null; waitedMs: number; tookMs: number };

export type Reactor = {
  /** Everything that this process was given up to here has been reacted to, durably. */
  position(): Position;
  stop(): Promise<void>;
};

/** Instances share the players: the log gives all that happens to one player to one of them. */
export const COMPANIONS: Group = { name: 'companions', streams: 'player-' };

/** Events on loan at once: what is decided and not yet written. */
const IN_FLIGHT = 1_024;

/**
 * The companion reactor: takes part in a group that shares the players' events, and appends what each companion
 * does as `CompanionActed` to its player's stream. An event is given back as done when the act is durable; given
 * again, it is answered as it was, since the id of an act is derived from its cause.
 */
export function startCompanionReactor(parts: ReactorParts): Reactor {
  const stop = new AbortController();
  // While the log is away every companion with something to say waits for it, or for this.
  setMaxListeners(0, stop.signal);
  const loans = openLoans();
  const companions = new Companions(parts, loans, stop.signal);
  const running = react(parts, companions, stop.signal);
  return {
    position: loans.position,
    async stop() {
      stop.abort();
      await running;
    },
  };
}

async function react(parts: ReactorParts, companions: Companions, signal: AbortSignal): Promise<void> {
  for (let tries = 0; !signal.aborted; tries++) {
    try {
      for await (const deliveries of parts.log.consume(COMPANIONS, { signal, inFlight: IN_FLIGHT })) {
        tries = 0;
        const events = deliveries.map(({ event }) => event);
        parts.seen?.(events);
        companions.give(deliveries);
        await parts.rest?.(events, signal);
      }
    } catch (error) {
      parts.warn('the companion reactor takes its place in the group again', error);
    }
    if (!signal.aborted) await backoff(tries, 2_000, signal);
  }
  await companions.quiet();
}
