import type { PlacedEvent } from '../../eventstore/log.js';
import { foldEvents } from '../changes.js';
import { projections } from '../index.js';
import type { Projection, Row } from '../projection.js';
import { recordedOf } from '../recorded.js';

export const read = (events: readonly PlacedEvent[]) => events.map((event) => recordedOf(event)!);

/** Given events, then rows: what a projection makes of a history from its beginning. */
export function rowsOf(projection: Projection, events: readonly PlacedEvent[]): Record<string, Row[]> {
  const mine = read(events).filter((event) => projection.types.includes(event.type));
  return Object.fromEntries(foldEvents(projection, mine, new Map()).rows);
}

export const projectionNamed = (name: string): Projection => projections.find((one) => one.name === name)!;
