import {
  ErrorType,
  type EventStoreDBClient,
  eventTypeFilter,
  START as FROM_START,
  type PersistentSubscriptionToAll,
  type PersistentSubscriptionToAllResolvedEvent,
  PINNED,
  persistentSubscriptionToAllSettingsFromDefaults,
  streamNameFilter,
} from '@eventstore/db-client';
import { anySignal } from './abort.js';
import { arrivals } from './arrivals.js';
import { backoff } from './backoff.js';
import type { Connection } from './connection.eventstore.js';
import { isOf, unavailable, within } from './errors.eventstore.js';
import {
  type ConsumeOptions,
  type Delivery,
  type EventLog,
  type Group,
  type GroupStatus,
  type PlacedEvent,
  RETRIES_MAX,
  START,
} from './log.js';
import { parkedOf } from './parked.eventstore.js';
import { Settling } from './settling.js';
import { stored } from './subscription.eventstore.js';

type OnTrouble = (error: unknown, tries: number) => void;
type Groups = Pick<EventLog, 'consume' | 'groupStatus' | 'parked' | 'replayParked'>;
type Loan = PersistentSubscriptionToAllResolvedEvent;

const IN_FLIGHT = 100;
const FLUSH_MS = 500;

const SETTINGS = persistentSubscriptionToAllSettingsFromDefaults({
  startFrom: FROM_START,
  consumerStrategyName: PINNED,
  resolveLinkTos: false,
  // Longer than anybody should take over one event, and short enough for a game when its consumer hangs.
  messageTimeout: 30_000,
  maxRetryCount: RETRIES_MAX,
  // Positions are kept often: after a restart of the server what was settled since is given again.
  checkPointAfter: 1_000,
  checkPointLowerBound: 10,
  checkPointUpperBound: 1_000,
  liveBufferSize: 2_000,
  historyBufferSize: 2_000,
  readBatchSize: 200,
});

/** The port's groups as persistent subscriptions to `$all`; see https://docs.kurrent.io/server/persistent-subscriptions. */
export function groupsOf(
  connection: Connection,
  onTrouble: OnTrouble = () => undefined,
): Groups & { close(): void } {
  const closing = new AbortController();
  return {
    async *consume(group, options) {
      const { signal, release } = anySignal(options.signal, closing.signal);
      try {
        yield* consume(connection, group, { ...options, signal, onTrouble });
      } finally {
        release();
      }
    },
    groupStatus: (group) => statusOf(connection.client, group),
    parked: (group, max) => parkedOf(connection.client, group, max),
    async replayParked(group) {
      const parked = (await statusOf(connection.client, group))?.parked ?? 0;
      if (parked > 0) await connection.client.replayParkedMessagesToAll(group.name).catch(throwUnavailable);
      return parked;
    },
    close: () => closing.abort(),
  };
}

type Consuming = ConsumeOptions & { onTrouble: OnTrouble };

/** Whatever ends a subscription (the server, the group being deleted, the network): it is taken up again. */
async function* consume(
  connection: Connection,
  group: Group,
  { signal, inFlight = IN_FLIGHT, onTrouble }: Consuming,
): AsyncGenerator<Delivery[]> {
  for (let tries = 0; !signal.aborted; tries++) {
    const { client } = connection;
    const options = { highWaterMark: inFlight };
    const subscription = client.subscribeToPersistentSubscriptionToAll(
      group.name,
      { bufferSize: inFlight },
      options,
    );
    subscription.on('confirmation', () => (tries = 0));
    try {
      yield* taken(client, { group, subscription, inFlight, signal });
    } catch (error) {
      connection.failed(client, error);
      if (isOf(error, ErrorType.PERSISTENT_SUBSCRIPTION_DOES_NOT_EXIST)) {
        if (await made(client, group).then(() => true, told(onTrouble, tries))) continue;
      } else if (!signal.aborted) onTrouble(error, tries);
    }
    if (!signal.aborted) await backoff(tries, 2_000, signal);
  }
}

const told = (onTrouble: OnTrouble, tries: number) => (error: unknown) => {
  onTrouble(error, tries);
  return false;
};

/** Not made before it is missed: to take part needs fewer rights than to make a group. */
const made = (client: EventStoreDBClient, group: Group): Promise<void> =>
  client
    .createPersistentSubscriptionToAll(group.name, SETTINGS, { filter: filterOf(group) })
    .catch((error) => {
      if (!isOf(error, ErrorType.PERSISTENT_SUBSCRIPTION_EXISTS)) throw error;
    });

const filterOf = (group: Group) =>
  'types' in group
    ? eventTypeFilter({ prefixes: [group.types] })
    : streamNameFilter({ prefixes: [group.streams] });

type Taking = {
  group: Group;
  subscription: PersistentSubscriptionToAll;
  inFlight: number;
  signal: AbortSignal;
};

/** The deliveries of one subscription. Leaving it gives back what is still on loan. */
async function* taken(
  client: EventStoreDBClient,
  { group, subscription, inFlight, signal }: Taking,
): AsyncGenerator<Delivery[]> {
  const settling = new Settling<Loan>({
    ack: (loans) => subscription.ack(...loans),
    nack: (loans, { how, reason }) => subscription.nack(how, reason, ...loans),
  });
  try {
    for await (const loans of arrivals<Loan>(subscription, { max: inFlight, signal })) {
      const deliveries = loans.flatMap((loan) => delivery(loan, settling));
      if (deliveries.length > 0) yield deliveries;
    }
  } finally {
    // A cancelled call takes with it what is still being sent: an answer to a later one tells that it has arrived.
    if (settling.end() && !subscription.destroyed)
      await within(FLUSH_MS, client.getPersistentSubscriptionToAllInfo(group.name)).catch(() => undefined);
    subscription.on('error', () => undefined);
    await within(FLUSH_MS, subscription.unsubscribe()).catch(() => undefined);
    subscription.resume();
  }
}

function delivery(loan: Loan, settling: Settling<Loan>): Delivery[] {
  const { event, retryCount } = loan;
  if (!event) {
    // A link whose event has been deleted: there is nothing to be given.
    settling.lend(loan);
    settling.ack(loan);
    return [];
  }
  settling.lend(loan);
  return [
    {
      event: stored(event) as PlacedEvent,
      retries: retryCount,
      ack: () => settling.ack(loan),
      nack: (how, reason) => settling.nack(loan, { how, reason }),
    },
  ];
}

async function statusOf(client: EventStoreDBClient, { name }: Group): Promise<GroupStatus | null> {
  try {
    const { stats, connections } = await client.getPersistentSubscriptionToAllInfo(name);
    return {
      name,
      position: Number(stats.lastCheckpointedEventPosition?.commit ?? START),
      inFlight: stats.outstandingMessagesCount + stats.readBufferCount + stats.retryBufferCount,
      parked: Number(stats.parkedMessageCount),
      consumers: connections.length,
    };
  } catch (error) {
    if (isOf(error, ErrorType.PERSISTENT_SUBSCRIPTION_DOES_NOT_EXIST)) return null;
    throw unavailable(error);
  }
}

const throwUnavailable = (error: unknown): never => {
  throw unavailable(error);
};
