import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog, StoredEvent } from '../../eventstore/log.js';
import { awayOf } from '../away.js';
import { type Place, pageAfter, seenUpTo } from './resume.js';
import type { Show } from './show.js';

export type FeedParts = {
  log: EventLog;
  show: Show;
  /** The player's. */
  stream: string;
  /** Takes what happens now. */
  write(text: string): void;
  /** Takes what was missed; where it returns something, more can be taken when that resolves. */
  hand(text: string): Promise<void> | undefined;
  /** It cannot go on. */
  fail(error: unknown): void;
};

const RETRY_MAX_MS = 5_000;
/** What the push told of and so many readings in a row did not find has been given up since, with its stream. */
const EMPTY_MAX = 10;

/**
 * What the companion does, for one connection: each once and in order. While the connection is behind, nothing of
 * what happens is kept for it, only how far it has to read: the log has it all, and the log is read until nothing is
 * missing. So what is in memory is bounded by a page, whatever was missed and however slow the client reads.
 *
 * A line that cannot be opened now puts the connection behind as well: reading stands before that line, trying again,
 * and what comes after waits in the log. That loses nothing, as the client's position never passes the line, and
 * unlike closing the connection it does not keep the client from sending while the keys are away.
 */
export class Feed {
  /** What happens now is written at once. */
  live = false;
  /** All up to this revision was handed over. */
  private seen = -1;
  /** The oldest and the newest that happened while it was not live. */
  private first: number | null = null;
  private newest = -1;
  /** Where to begin, as long as it has not been found. */
  private since: Place | null = null;
  private stopped = false;

  constructor(private readonly parts: FeedParts) {}

  /** Begins with what came after a place, or with what happens from when the feed was made. */
  begin(since: Place | null): void {
    this.since = since;
    if (since === null && this.first === null) this.live = true;
    else {
      if (this.first !== null) this.seen = this.first - 1;
      void this.readOn();
    }
  }

  act(text: string, revision: number): void {
    if (!this.live) return this.note(revision);
    if (revision <= this.seen) return;
    this.seen = revision;
    this.parts.write(text);
  }

  /** Something happened that cannot be shown now. */
  unopened(revision: number): void {
    if (!this.live) return this.note(revision);
    if (revision <= this.seen) return;
    this.live = false;
    // All before it has been told already: the push keeps the order.
    this.seen = revision - 1;
    this.note(revision);
    void this.readOn();
  }

  stop(): void {
    this.stopped = true;
  }

  private note(revision: number): void {
    this.first ??= revision;
    this.newest = Math.max(this.newest, revision);
  }

  /** Until nothing is missing. A part that is away is waited for. */
  private async readOn(): Promise<void> {
    let empty = 0;
    for (let tries = 0; !this.stopped; ) {
      const before = this.seen;
      try {
        const { newest, full } = await this.handPage();
        empty = newest === null ? empty + 1 : 0;
        if (empty > EMPTY_MAX) this.seen = Math.max(this.seen, this.newest);
        // In the same turn as it was looked at, or what happens in between would be lost.
        if (!full && this.newest <= this.seen) {
          this.live = true;
          return;
        }
      } catch (error) {
        if (this.stopped) return;
        if (!awayOf(error)) return this.parts.fail(error);
      }
      tries = this.seen > before ? 0 : tries + 1;
      if (tries > 0) await pause(tries);
    }
  }

  private async handPage() {
    const { log, stream, hand } = this.parts;
    if (this.since) {
      this.seen = await seenUpTo(log, stream, this.since);
      this.since = null;
    }
    const page = await pageAfter(log, stream, this.seen);
    for (const act of page.acts) {
      const text = await this.shown(act);
      if (this.stopped) break;
      const taken = text === null ? undefined : hand(text);
      this.seen = act.revision;
      if (taken) await taken;
    }
    if (page.newest !== null && !this.stopped) this.seen = page.newest;
    return page;
  }

  /** @throws LogUnavailable, KeysUnavailable */
  private async shown(act: StoredEvent): Promise<string | null> {
    try {
      return await this.parts.show(act);
    } catch (error) {
      if (awayOf(error)) throw error;
      // One act that nobody can read must not keep its player from all others.
      process.emitWarning(error as Error);
      return null;
    }
  }
}

/** Longer each time; not all connections at the same moment. */
const pause = (tries: number): Promise<void> =>
  sleep(Math.min(RETRY_MAX_MS, 50 * 2 ** tries) * (0.5 + Math.random() / 2), undefined, { ref: false });
