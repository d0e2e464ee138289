import { backoff } from './backoff.js';
import { LogUnavailable } from './log.js';

export type BreakerState = 'closed' | 'open' | 'half_open';
export type Trouble = { since: string; reason: string };
export type Kind = 'append' | 'read';

export type BreakerOptions = {
  /** Opens when calls of a kind have failed for so long, and none of them succeeded. */
  openAfterMs: number;
  /** Asked again and again while it is open; an answer lets one append through, to see. */
  probe: () => Promise<unknown>;
  /** Told once when it opens and once when it closes, however often it was tried between. */
  onChange?: ((state: 'open' | 'closed', trouble: Trouble) => void) | undefined;
};

type Streak = { first: number; last: number };

/** Answers callers at once when the log has been away for a while, instead of letting each find out by waiting. */
export class Breaker {
  state: BreakerState = 'closed';
  trouble: Trouble | null = null;
  private readonly streaks = new Map<Kind, Streak>();
  private readonly stop = new AbortController();
  private trying = false;

  constructor(private readonly options: BreakerOptions) {}

  /** @throws LogUnavailable while it is open, and half open for appends but one. */
  enter(kind: Kind): void {
    if (this.state === 'closed' || (this.state === 'half_open' && kind === 'read')) return;
    if (this.state === 'open' || this.trying) {
      const { since, reason } = this.trouble!;
      throw new LogUnavailable(`the event log cannot be reached since ${since}: ${reason}`);
    }
    this.trying = true;
  }

  succeeded(kind: Kind): void {
    this.streaks.delete(kind);
    if (this.state !== 'half_open' || kind !== 'append') return;
    const trouble = this.trouble!;
    this.trying = false;
    this.state = 'closed';
    this.trouble = null;
    this.options.onChange?.('closed', trouble);
  }

  failed(kind: Kind, error: unknown): void {
    const now = performance.now();
    const streak = this.streaks.get(kind);
    // What failed long ago says nothing of now.
    const stale = !streak || now - streak.last > 2 * this.options.openAfterMs;
    const { first } = stale ? { first: now } : streak;
    this.streaks.set(kind, { first, last: now });
    if (this.state === 'closed' && now - first >= this.options.openAfterMs) {
      const reason = (error as Error).message.split('\n')[0]!;
      this.trouble = { since: new Date(Date.now() - (now - first)).toISOString(), reason };
      this.open();
      this.options.onChange?.('open', this.trouble);
    } else if (this.state === 'half_open' && kind === 'append') {
      this.open();
    }
  }

  close(): void {
    this.stop.abort();
  }

  private open(): void {
    this.trying = false;
    this.state = 'open';
    void this.probe();
  }

  private async probe(): Promise<void> {
    const { signal } = this.stop;
    for (let tries = 2; this.state === 'open'; tries++) {
      await backoff(tries, 2_000, signal);
      if (signal.aborted) return;
      const answered = await this.options.probe().then(
        () => true,
        () => false,
      );
      if (answered) this.state = 'half_open';
    }
  }
}
