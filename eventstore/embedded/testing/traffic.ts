import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EventStoreDBClient,
  excludeSystemEvents,
  jsonEvent,
  type Position,
  START,
} from '@eventstore/db-client';

export const event = (id: string = randomUUID()) => jsonEvent({ id, type: 'Tested', data: { n: 1 } });

export async function until(what: () => boolean, patience = 60_000): Promise<void> {
  for (const end = Date.now() + patience; !what(); await sleep(20)) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
  }
}

/** Appends one event after the other, each again under its id until it is acked; then with its revision. */
export async function write(
  client: EventStoreDBClient,
  stream: string,
  { acked, signal }: { acked: Map<string, bigint>; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    const one = event();
    while (!acked.has(one.id)) {
      const append = client.appendToStream(stream, one).then(
        ({ nextExpectedRevision }) => void acked.set(one.id, nextExpectedRevision),
        () => sleep(20),
      );
      // The client never settles an append whose connection went while it was being sent.
      await Promise.race([append, sleep(1500)]);
    }
  }
}

/** Follows the log from the start and, whenever the connection goes, from the last event it saw. */
export function follow(client: EventStoreDBClient) {
  const seen: { id: string; stream: string; position: bigint }[] = [];
  let last: Position | undefined;
  let stopped = false;
  let current: { unsubscribe(): Promise<void> } | undefined;
  const running = (async () => {
    while (!stopped) {
      const subscription = client.subscribeToAll({
        fromPosition: last ?? START,
        filter: excludeSystemEvents(),
      });
      current = subscription;
      try {
        for await (const { event } of subscription) {
          const { id, streamId, position } = event!;
          seen.push({ id, stream: streamId, position: position!.commit });
          last = position!;
        }
      } catch {
        await sleep(50);
      }
    }
  })();
  return {
    seen,
    async stop() {
      stopped = true;
      await current?.unsubscribe();
      await Promise.race([running, sleep(500)]);
    },
  };
}
