import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type EventStoreDBClient,
  eventTypeFilter,
  START as FROM_START,
  type RecordedEvent,
} from '@eventstore/db-client';
import { type EventMetadata, type PlacedEvent, type Position, START, type StoredEvent } from './log.js';

/** How many events the client reads ahead of whoever takes them. */
export const READ_AHEAD = { highWaterMark: 512 };

/** Subscribing to the whole log but for some types; see `Subscribe` in follower.ts. */
export const subscribe = (client: EventStoreDBClient, skip: readonly string[]) =>
  async function* (after: Position, signal: AbortSignal): AsyncGenerator<PlacedEvent[]> {
    const place = BigInt(after);
    const subscription = client.subscribeToAll(
      {
        fromPosition: after === START ? FROM_START : { commit: place, prepare: place },
        filter: eventTypeFilter({ regex: `^(?!${['\\$', ...skip.map((type) => `${type}$`)].join('|')})` }),
      },
      READ_AHEAD,
    );
    try {
      yield* inBatches(subscription, signal);
    } finally {
      subscription.on('error', () => undefined);
      await subscription.unsubscribe().catch(() => undefined);
      subscription.removeAllListeners('readable').resume();
    }
  };

/** What has arrived, as one batch: taking events singly would cost a promise each. */
async function* inBatches(source: AllStreamSubscription, signal: AbortSignal): AsyncGenerator<PlacedEvent[]> {
  let failure: unknown;
  let ended = false;
  let wake = () => {};
  const on = (note: (error?: unknown) => void) => (error?: unknown) => {
    note(error);
    wake();
  };
  source.on('readable', () => wake());
  signal.addEventListener('abort', () => wake(), { once: true });
  source.on(
    'end',
    on(() => (ended = true)),
  );
  source.on(
    'close',
    on(() => (ended = true)),
  );
  source.on(
    'error',
    on((error) => (failure = error)),
  );
  while (!signal.aborted) {
    const events: PlacedEvent[] = [];
    for (let next = take(source); next; next = take(source)) {
      if (next.event) events.push(stored(next.event) as PlacedEvent);
    }
    if (events.length > 0) yield events;
    else if (failure) throw failure;
    else if (ended) return;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}

const take = (source: AllStreamSubscription) => source.read() as unknown as AllStreamResolvedEvent | null;

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
