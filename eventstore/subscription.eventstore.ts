import type { Readable } from 'node:stream';
import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  eventTypeFilter,
  START as FROM_START,
  type RecordedEvent,
} from '@eventstore/db-client';
import { arrivals } from './arrivals.js';
import type { Connection } from './connection.eventstore.js';
import { type EventMetadata, type PlacedEvent, type Position, START, type StoredEvent } from './log.js';

/** How many events the client reads ahead of whoever takes them. */
export const READ_AHEAD = { highWaterMark: 512 };

/** Subscribing to the whole log but for some types; see `Subscribe` in follower.ts. */
export const subscribe = (connection: Connection, skip: readonly string[]) =>
  async function* (after: Position, signal: AbortSignal): AsyncGenerator<PlacedEvent[]> {
    const place = BigInt(after);
    const subscription = connection.client.subscribeToAll(
      {
        fromPosition: after === START ? FROM_START : { commit: place, prepare: place },
        filter: eventTypeFilter({ regex: `^(?!${['\\$', ...skip.map((type) => `${type}$`)].join('|')})` }),
      },
      READ_AHEAD,
    );
    yield* eventsOf(subscription, signal);
  };

/** The events of a subscription to the whole log, as they come together; it is let go of whatever happens. */
export async function* eventsOf(
  subscription: AllStreamSubscription,
  signal: AbortSignal,
): AsyncGenerator<PlacedEvent[]> {
  try {
    for await (const arrived of arrivals<AllStreamResolvedEvent>(subscription, signal)) {
      const events = arrived.flatMap(({ event }) => (event ? [stored(event) as PlacedEvent] : []));
      if (events.length > 0) yield events;
    }
  } finally {
    subscription.on('error', () => undefined);
    await subscription.unsubscribe().catch(() => undefined);
    subscription.removeAllListeners('readable').resume();
  }
}

/** Servers that do not tell the position in reads of one stream say the largest number instead. */
const UNKNOWN_POSITION = 2n ** 63n;

/** An event of the client as one of the port. */
export function stored(event: RecordedEvent): StoredEvent {
  const commit = event.position?.commit;
  return {
    id: event.id,
    stream: event.streamId,
    revision: Number(event.revision),
    position: commit === undefined || commit >= UNKNOWN_POSITION ? null : Number(commit),
    type: event.type,
    data: event.data,
    metadata: event.metadata as EventMetadata,
  };
}

/** A call with unread messages never ends, and holds its memory: it is cancelled and emptied. */
export async function letGo(read: Readable & { cancel(): Promise<void> }): Promise<void> {
  if (read.readableEnded) return;
  read.on('error', () => undefined);
  await read.cancel().catch(() => undefined);
  read.resume();
}
