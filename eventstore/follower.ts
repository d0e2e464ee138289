import { anySignal } from './abort.js';
import { backoff } from './backoff.js';
import type { Batch, FollowOptions, PlacedEvent, Position } from './log.js';
import { Ring } from './ring.js';

/** Events after a position, as long as the connection holds; throws or ends when it does not. */
export type Subscribe = (after: Position, signal: AbortSignal) => AsyncIterable<PlacedEvent[]>;
export type Head = () => Promise<Position>;

const RING_EVENTS = 16_384;
const DEFAULT_BATCH = 512;

/**
 * Following the log, for any number of followers of one process. One subscription feeds a ring of the newest
 * events; it resubscribes from the last position with backoff, for ever. A follower pulls at its own speed:
 * from the ring when it is near the end, else through a subscription of its own until it gets there.
 */
export class Follower {
  private ring: Ring | null = null;
  private pumping: Promise<void> | null = null;
  private readonly stop = new AbortController();
  private waiting: (() => void)[] = [];

  constructor(
    private readonly source: { subscribe: Subscribe; head: Head },
    private readonly onTrouble: (error: unknown, tries: number) => void = () => undefined,
    private readonly ringEvents = RING_EVENTS,
  ) {}

  async *follow(after: Position | 'end', options: FollowOptions): AsyncGenerator<Batch> {
    const ring = await this.live(options.signal);
    if (!ring) return;
    const max = options.maxBatch ?? DEFAULT_BATCH;
    let cursor = after === 'end' ? ring.end : after;
    while (!options.signal.aborted && !this.stop.signal.aborted) {
      if (!ring.reaches(cursor)) {
        for await (const batch of this.catchUp(cursor, ring, options)) {
          cursor = batch.position;
          yield batch;
        }
        continue;
      }
      const events = ring.after(cursor, max);
      if (events.length === 0) {
        await this.news(options.signal);
        continue;
      }
      cursor = events[events.length - 1]!.position;
      yield { events, position: cursor };
    }
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.wake();
    await this.pumping;
  }

  /** The ring, once its floor is known. Null when the follower gave up before the log could be reached. */
  private async live(signal: AbortSignal): Promise<Ring | null> {
    this.pumping ??= this.pump();
    while (!this.ring) {
      if (signal.aborted || this.stop.signal.aborted) return null;
      await this.news(signal);
    }
    return this.ring;
  }

  private async pump(): Promise<void> {
    const { signal } = this.stop;
    for (let tries = 0; !signal.aborted; tries++) {
      try {
        this.ring ??= new Ring(await this.source.head(), this.ringEvents);
        this.wake();
        for await (const events of this.source.subscribe(this.ring.end, signal)) {
          tries = 0;
          for (const event of events) this.ring.push(event);
          this.wake();
        }
      } catch (error) {
        if (!signal.aborted) this.onTrouble(error, tries);
      }
      if (!signal.aborted) await backoff(tries, 2_000, signal);
    }
  }

  /** The way from far back to the ring. Ends when the ring can take over. */
  private async *catchUp(from: Position, ring: Ring, options: FollowOptions): AsyncGenerator<Batch> {
    const max = options.maxBatch ?? DEFAULT_BATCH;
    let cursor = from;
    for (let tries = 0; !ring.reaches(cursor) && !options.signal.aborted; tries++) {
      const own = new AbortController();
      const { signal, release } = anySignal(own.signal, options.signal, this.stop.signal);
      try {
        for await (const events of this.source.subscribe(cursor, signal)) {
          tries = 0;
          for (let at = 0; at < events.length; at += max) {
            const part = events.slice(at, at + max);
            cursor = part[part.length - 1]!.position;
            yield { events: part, position: cursor };
          }
          if (ring.reaches(cursor)) return;
        }
      } catch (error) {
        if (!signal.aborted) this.onTrouble(error, tries);
      } finally {
        own.abort();
        release();
      }
      if (this.stop.signal.aborted) return;
      await backoff(tries, 2_000, options.signal);
    }
  }

  private news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      this.waiting.push(done);
    });
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
