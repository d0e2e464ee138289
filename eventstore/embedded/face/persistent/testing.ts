import { setTimeout as sleep } from 'node:timers/promises';
import type {
  EventStoreDBClient,
  PersistentSubscriptionToAll,
  PersistentSubscriptionToStream,
} from '@eventstore/db-client';

type Subscription = PersistentSubscriptionToStream | PersistentSubscriptionToAll;
type Resolved = Parameters<Subscription['ack']>[0];
type Got = { n: unknown; retries: number; resolved: Resolved };

/** What a consumer of a group got and, at its end, why it ended. */
export type Consuming = {
  got: Got[];
  /** The numbers of what it got so far. */
  numbers(): unknown[];
  error: (Error & { type?: string; code?: number }) | undefined;
  subscription: Subscription;
  stop(): Promise<void>;
};

/** Consumes a group; acks, unless something else is to be done. */
export function consume(
  subscription: Subscription,
  react: (event: Resolved, subscription: Subscription, got: Got[]) => unknown = (event, to) =>
    to.ack(event as never),
): Consuming {
  const consuming: Consuming = {
    got: [],
    numbers: () => consuming.got.map(({ n }) => n),
    error: undefined,
    subscription,
    stop: () => subscription.unsubscribe(),
  };
  subscription.on('error', (error: Error) => {
    consuming.error = error;
  });
  subscription.on('data', (resolved: Resolved & { retryCount: number }) => {
    const n = (resolved.event?.data as { n?: unknown } | undefined)?.n;
    consuming.got.push({ n, retries: resolved.retryCount, resolved });
    void react(resolved, subscription, consuming.got);
  });
  return consuming;
}

export const leaveAlone = () => {};

export async function until(what: () => unknown, patience = 60_000): Promise<void> {
  for (const end = Date.now() + patience; !(await what()); await sleep(20)) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
  }
}

export const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** The JSON of a stream's events, or the text of those that are no JSON; [] when there is no stream. */
export async function dataIn(client: EventStoreDBClient, stream: string): Promise<unknown[]> {
  const found: unknown[] = [];
  try {
    for await (const { event } of client.readStream(stream)) {
      const data: unknown = event!.data;
      found.push(Buffer.isBuffer(data) || data instanceof Uint8Array ? Buffer.from(data).toString() : data);
    }
  } catch (error) {
    if ((error as { type?: string }).type !== 'stream-not-found') throw error;
  }
  return found;
}
