import { ErrorType, type EventStoreDBClient, type RecordedEvent } from '@eventstore/db-client';
import { isOf, unavailable } from './errors.eventstore.js';
import { type Group, type ParkedEvent, type PlacedEvent, START } from './log.js';
import { letGo, READ_AHEAD } from './reading.eventstore.js';
import { stored } from './subscription.eventstore.js';

/** The server keeps parked events as links, in a stream beside the group. */
const parkedStream = ({ name }: Group) => `$persistentsubscription-$all::${name}-parked`;

export async function* parkedOf(
  client: EventStoreDBClient,
  group: Group,
  max?: number,
): AsyncGenerator<ParkedEvent> {
  const options = { resolveLinkTos: true, ...(max !== undefined && { maxCount: max }) };
  const read = client.readStream(parkedStream(group), options, { highWaterMark: READ_AHEAD });
  try {
    for await (const { event, link } of read.iterator({ destroyOnReturn: false })) {
      if (event && link) yield { event: await placed(client, event), ...reasonOf(link) };
    }
  } catch (error) {
    if (isOf(error, ErrorType.STREAM_NOT_FOUND)) return;
    throw unavailable(error);
  } finally {
    await letGo(read);
  }
}

/** Through a link a server may not tell the position of an event, and tell it in its own stream. */
async function placed(client: EventStoreDBClient, linked: RecordedEvent): Promise<PlacedEvent> {
  const event = stored(linked);
  if (event.position !== null) return event as PlacedEvent;
  const read = client.readStream(linked.streamId, { fromRevision: linked.revision, maxCount: 1 });
  for await (const { event: own } of read) {
    if (own?.id === linked.id) return { ...event, position: stored(own).position ?? START };
  }
  return { ...event, position: START };
}

/** What the server puts before the reason that a consumer gave. */
const PREFACE = /^Client explicitly NAK'ed message\.\n/;

function reasonOf({ metadata, created }: RecordedEvent): Omit<ParkedEvent, 'event'> {
  const { reason = '', added } = (metadata ?? {}) as { reason?: string; added?: string };
  const parkedAt = added ? new Date(added) : created;
  return {
    reason: reason.replace(PREFACE, ''),
    parkedAt: (Number.isNaN(parkedAt.getTime()) ? created : parkedAt).toISOString(),
  };
}
