import { randomUUID } from 'node:crypto';
import type { EventLog, NewEvent, PlacedEvent, Position } from '../log.js';

/** An event of no meaning, as a test needs many. */
export function anEvent(data: unknown = {}, id: string = randomUUID()): NewEvent {
  const metadata = {
    $correlationId: id,
    $causationId: id,
    schemaVersion: 1,
    recordedAt: '2026-01-01T00:00:00.000Z',
  };
  return { id, type: 'Tested', data, metadata };
}

export const someEvents = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => anEvent({ n }));

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
}

export const idsOf = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);

type Wanted = {
  after: Position | 'end';
  count: number;
  of?: (event: PlacedEvent) => boolean;
  maxBatch?: number;
};

/** Follows until so many of the wanted events have come. */
export async function followed(
  log: Pick<EventLog, 'follow'>,
  { after, count, of, maxBatch }: Wanted,
): Promise<PlacedEvent[]> {
  const stop = new AbortController();
  const found: PlacedEvent[] = [];
  const options = { signal: stop.signal, ...(maxBatch && { maxBatch }) };
  for await (const batch of log.follow(after, options)) {
    found.push(...(of ? batch.events.filter(of) : batch.events));
    if (found.length >= count) stop.abort();
  }
  return found;
}

/** Waits until something is true. @throws when it is not within `patience` ms. */
export async function until(what: () => boolean | Promise<boolean>, patience = 60_000): Promise<void> {
  for (const end = Date.now() + patience; !(await what()); await new Promise((go) => setTimeout(go, 10))) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
  }
}
