import type { PlacedEvent, Position } from './log.js';

/**
 * The newest events of the log, in order. A follower that is near the end is served from here, so that many
 * followers cost one subscription; one that is further back reads the log itself. Bounded: what falls out at
 * the back raises the floor.
 */
export class Ring {
  private events: PlacedEvent[] = [];
  private start = 0;

  constructor(
    /** Everything after this position is in the ring. */
    public floor: Position,
    private readonly capacity: number,
  ) {}

  get size(): number {
    return this.events.length - this.start;
  }

  /** The position of the newest event held, or the floor. */
  get end(): Position {
    return this.size > 0 ? this.events[this.events.length - 1]!.position : this.floor;
  }

  push(event: PlacedEvent): void {
    // A reconnected subscription may repeat what is already here.
    if (event.position <= this.end) return;
    this.events.push(event);
    if (this.size <= this.capacity) return;
    this.floor = this.events[this.start]!.position;
    this.events[this.start++] = undefined as unknown as PlacedEvent;
    if (this.start > this.capacity) {
      this.events = this.events.slice(this.start);
      this.start = 0;
    }
  }

  reaches(after: Position): boolean {
    return after >= this.floor;
  }

  /** Up to `max` events after a position; only to be asked when `reaches(after)`. */
  after(position: Position, max: number): PlacedEvent[] {
    let low = this.start;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.events[middle]!.position <= position) low = middle + 1;
      else high = middle;
    }
    return this.events.slice(low, low + max);
  }
}
