import { LogUnavailable } from './log.js';

export type GateBounds = { calls: number; bytes: number; waitingCalls: number; waitingBytes: number };

type Waiting = { bytes: number; go: () => void };

const BOUNDS: GateBounds = {
  calls: 1_000,
  bytes: 16 * 1024 * 1024,
  waitingCalls: 50_000,
  waitingBytes: 64 * 1024 * 1024,
};

/** Bounds what is under way at once. What comes beyond waits in order; what would wait beyond is refused at once. */
export class Gate {
  underWay = 0;
  private bytes = 0;
  private waitingBytes = 0;
  private readonly queue: Waiting[] = [];

  constructor(private readonly bounds: GateBounds = BOUNDS) {}

  get waiting(): number {
    return this.queue.length;
  }

  /** Resolves when it may begin. Whoever began calls `leave` when done. @throws LogUnavailable when too much waits. */
  async enter(bytes: number): Promise<void> {
    if (this.queue.length === 0 && this.fits(bytes)) return this.begin(bytes);
    const { waitingCalls, waitingBytes } = this.bounds;
    if (this.queue.length >= waitingCalls || this.waitingBytes + bytes > waitingBytes) {
      const kib = Math.ceil(this.waitingBytes / 1024);
      throw new LogUnavailable(
        `the event log takes less than it is given: ${this.queue.length} appends (${kib} KiB) wait already`,
      );
    }
    this.waitingBytes += bytes;
    await new Promise<void>((go) => this.queue.push({ bytes, go }));
  }

  leave(bytes: number): void {
    this.underWay--;
    this.bytes -= bytes;
    while (this.queue.length > 0 && this.fits(this.queue[0]!.bytes)) {
      const next = this.queue.shift()!;
      this.waitingBytes -= next.bytes;
      this.begin(next.bytes);
      next.go();
    }
  }

  private begin(bytes: number): void {
    this.underWay++;
    this.bytes += bytes;
  }

  /** What is larger than the bound goes alone. */
  private fits(bytes: number): boolean {
    if (this.underWay === 0) return true;
    return this.underWay < this.bounds.calls && this.bytes + bytes <= this.bounds.bytes;
  }
}
