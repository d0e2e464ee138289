import type { GameEvent } from '../../domain/events/game-event.js';

/** A request of more than this is stored in several appends; each is idempotent by its ids. */
export const PART_BYTES = 256 * 1024;

export function* inParts(events: readonly GameEvent[]): Generator<GameEvent[]> {
  let part: GameEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event));
    if (part.length > 0 && bytes + size > PART_BYTES) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(event);
    bytes += size;
  }
  yield part;
}

/** A frame that names an id twice means the first. */
export function firstOfEach(events: readonly GameEvent[]): readonly GameEvent[] {
  if (events.length < 2) return events;
  const seen = new Set<string>();
  return events.filter(({ id }) => !seen.has(id) && seen.add(id));
}
