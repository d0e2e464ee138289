import { UnreadableEvent } from '../../domain/events/read.js';
import { derivedId } from '../../domain/kernel/ids.js';
import { backoff } from '../../eventstore/backoff.js';
import {
  type EventLog,
  LogUnavailable,
  type NewEvent,
  type PlacedEvent,
  type Position,
} from '../../eventstore/log.js';
import { metadataOf } from '../context.js';
import type { Checkpoint } from './checkpoint.js';
import { Mind } from './mind.js';

export type ReactorParts = {
  log: EventLog;
  checkpoint: Checkpoint;
  now: () => Date;
  /** Told of what went wrong and what is done about it. */
  warn: (message: string, error: unknown) => void;
  /** How many companions are kept awake at once. */
  awakeMax?: number;
};

export type Reactor = {
  /** Everything up to here has been reacted to, durably. */
  position(): Position;
  stop(): Promise<void>;
};

const AWAKE_MAX = 20_000;
const BATCHES_IN_FLIGHT = 32;
const CHECKPOINT_EVERY_MS = 1_000;

/**
 * The companion reactor: follows the log, and appends what each companion does as `CompanionActed` to its
 * player's stream. The id of an act is derived from its cause, so reacting twice is reacting once.
 */
export function startCompanionReactor(parts: ReactorParts): Reactor {
  const stop = new AbortController();
  const reactor = new CompanionReactor(parts, stop.signal);
  const running = reactor.run();
  return {
    position: () => reactor.done,
    async stop() {
      stop.abort();
      await running;
    },
  };
}

class CompanionReactor {
  done: Position = 0;
  private saved: Position = 0;
  private savedAt = 0;
  private readonly awake = new Map<string, Mind>();
  /** Resolves when all that was decided so far is written. */
  private written: Promise<void> = Promise.resolve();
  private batchesInFlight = 0;
  /** Stopped while the log was away: what is unwritten is decided again after the restart. */
  private gaveUp = false;
  private hasDozed = false;
  /** The last write of each stream that is under way. */
  private readonly writes = new Map<string, Promise<void>>();

  constructor(
    private readonly parts: ReactorParts,
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<void> {
    for (let tries = 0; !this.signal.aborted; tries++) {
      try {
        await this.follow();
      } catch (error) {
        this.parts.warn('the companion reactor starts again from its checkpoint', error);
        await this.written;
        this.awake.clear();
      }
      if (!this.signal.aborted) await backoff(tries, 2_000, this.signal);
    }
    await this.written;
    await this.save().catch(() => undefined);
  }

  private async follow(): Promise<void> {
    this.saved = this.done = await this.parts.checkpoint.load();
    for await (const { events, position } of this.parts.log.follow(this.done, { signal: this.signal })) {
      const players = events.filter((event) => event.stream.startsWith('player-'));
      const writing = this.write(await this.react(players));
      this.batchesInFlight++;
      this.written = Promise.all([this.written, writing]).then(() =>
        this.reached(position, players.length > 0),
      );
      // Deciding runs ahead of writing, but not without bound.
      if (this.batchesInFlight >= BATCHES_IN_FLIGHT) await this.written;
    }
  }

  private reached(position: Position, worthSaving: boolean): void {
    this.batchesInFlight--;
    this.done = position;
    // A checkpoint is an event as well: saving one for one would never end.
    if (worthSaving && Date.now() - this.savedAt >= CHECKPOINT_EVERY_MS) {
      this.save().catch((error) => this.parts.warn('the checkpoint could not be saved', error));
    }
  }

  /** What companions do about a batch, by stream. */
  private async react(events: PlacedEvent[]): Promise<Map<string, NewEvent[]>> {
    await this.wakeAll(events);
    const acts = new Map<string, NewEvent[]>();
    for (const event of events) {
      try {
        const acted = this.awake.get(event.stream)!.take(event);
        if (!acted) continue;
        const act = this.asEvent(event, acted);
        const others = acts.get(event.stream);
        if (others) others.push(act);
        else acts.set(event.stream, [act]);
      } catch (error) {
        if (!(error instanceof UnreadableEvent)) throw error;
        this.parts.warn('an event that cannot be read is passed over', error);
      }
    }
    this.doze();
    return acts;
  }

  private asEvent(cause: PlacedEvent, acted: object): NewEvent {
    const { $correlationId, clientId, gameId } = cause.metadata;
    return {
      id: derivedId(cause.id, 'companion-acted'),
      type: 'CompanionActed',
      data: acted,
      metadata: metadataOf(
        {
          correlationId: $correlationId,
          causationId: cause.id,
          ...(clientId && { clientId }),
          ...(gameId && { gameId }),
        },
        this.parts.now(),
      ),
    };
  }

  private async wakeAll(events: PlacedEvent[]): Promise<void> {
    const asleep = new Map<string, number>();
    for (const { stream, revision } of events) {
      if (!this.awake.has(stream) && !asleep.has(stream)) asleep.set(stream, revision);
    }
    // A companion that dozed off wakes from the log: what it did last must be there first.
    if (this.hasDozed && asleep.size > 0) await this.written;
    await Promise.all(
      [...asleep].map(async ([stream, revision]) => {
        this.awake.set(stream, await Mind.wake(this.parts.log, stream, revision));
      }),
    );
  }

  private doze(): void {
    for (const stream of this.awake.keys()) {
      if (this.awake.size <= (this.parts.awakeMax ?? AWAKE_MAX)) return;
      this.awake.delete(stream);
      this.hasDozed = true;
    }
  }

  private async write(acts: Map<string, NewEvent[]>): Promise<void> {
    await Promise.all([...acts].map(([stream, events]) => this.inTurn(stream, events)));
  }

  /** The acts of a companion are stored in the order of their causes, also when one has to be tried again. */
  private async inTurn(stream: string, events: NewEvent[]): Promise<void> {
    const before = this.writes.get(stream);
    const turn = before ? before.then(() => this.append(stream, events)) : this.append(stream, events);
    this.writes.set(stream, turn);
    await turn;
    if (this.writes.get(stream) === turn) this.writes.delete(stream);
  }

  private async append(stream: string, events: NewEvent[]): Promise<void> {
    for (let tries = 0; !this.signal.aborted; tries++) {
      try {
        await this.store(stream, events);
        return;
      } catch (error) {
        if (!(error instanceof LogUnavailable)) {
          // A stream that takes no more events (its player was erased) must not stop the others.
          this.parts.warn(`what the companion of ${stream} did could not be stored`, error);
          return;
        }
        await backoff(tries, 2_000, this.signal);
      }
    }
    this.gaveUp = true;
  }

  /** After a restart the batches are cut elsewhere: of one that is in the log in part, each act is stored alone. */
  private async store(stream: string, events: NewEvent[]): Promise<void> {
    const { ok } = await this.parts.log.append(stream, events, 'any');
    if (ok) return;
    if (events.length === 1) throw new Error(`the log refuses the act ${events[0]!.id}`);
    for (const event of events) await this.store(stream, [event]);
  }

  private async save(): Promise<void> {
    if (this.done === this.saved || this.gaveUp) return;
    this.savedAt = Date.now();
    const position = this.done;
    await this.parts.checkpoint.save(position);
    this.saved = position;
  }
}
