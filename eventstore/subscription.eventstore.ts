import type { EventStoreDBClient, RecordedEvent } from '@eventstore/db-client';
import { isEvent, UNKNOWN_POSITION } from './answer.js';
import type { Connection } from './connection.eventstore.js';
import type { EventMetadata, PlacedEvent, Position, StoredEvent } from './log.js';
import { answers, type Filter, followAll } from './reading.eventstore.js';

/** Subscribing to the whole log but for some types; see `Subscribe` in follower.ts. */
export const subscribe = (connection: Connection, skip: readonly string[]) => {
  const typesLike = `^(?!${['\\$', ...skip.map((type) => `${type}$`)].join('|')})`;
  return (after: Position, signal: AbortSignal) =>
    subscribed(connection.client, { after, filter: { typesLike }, signal });
};

type Subscribing = { after: Position; filter?: Filter; signal: AbortSignal };

/** The events of a subscription to the whole log, as they come together. */
export async function* subscribed(
  client: EventStoreDBClient,
  { after, filter, signal }: Subscribing,
): AsyncGenerator<PlacedEvent[]> {
  for await (const arrived of answers(client, followAll(after, filter), signal)) {
    const events = arrived.filter(isEvent) as PlacedEvent[];
    if (events.length > 0) yield events;
  }
}

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
