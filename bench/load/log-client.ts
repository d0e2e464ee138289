import {
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  type PersistentSubscriptionToAllResolvedEvent,
  persistentSubscriptionToAllSettingsFromDefaults,
  START,
} from '@eventstore/db-client';
import { short } from '../statistics.js';
import { Ids } from './frames.js';
import type { LogJob, OpenResult, Rate } from './jobs.js';
import { Meter, paced } from './pace.js';
import { data, metadata, stopwatch, streamNames, TYPE } from './plain.js';
import { Post } from './post.js';

type Of<K extends LogJob['kind']> = Extract<LogJob, { kind: K }>;

const ids = new Ids();
const event = (id = ids.fresh()) => jsonEvent({ id, type: TYPE, data, metadata });

/** Appends of `size` events, always one under way in each of `lanes` streams. */
export async function logAppend(job: Of<'log-append'>): Promise<Rate> {
  const client = EventStoreDBClient.connectionString(job.url);
  const meter = new Meter();
  for (const stream of streamNames(job.lanes)) {
    const send = (): void => {
      if (!meter.running) return;
      meter.underWay++;
      client
        .appendToStream(
          stream,
          Array.from({ length: job.size }, () => event()),
        )
        .then(
          () => {
            meter.done(job.size);
            send();
          },
          (error) => meter.fail(error),
        );
    };
    send();
  }
  const { seconds, cpuUs } = await meter.measured(job);
  await meter.drained();
  await client.dispose();
  return rateOf(meter.events, seconds, cpuUs);
}

/** Reads the first `events` of the whole log, or catches up with them by a subscription. */
export async function logRead({ url, how, events }: Of<'log-read'>): Promise<Rate> {
  const client = EventStoreDBClient.connectionString(url);
  const watch = stopwatch();
  const reading =
    how === 'readAll'
      ? client.readAll({ fromPosition: START, direction: FORWARDS, maxCount: events })
      : client.subscribeToAll({ fromPosition: START });
  let read = 0;
  for await (const _ of reading) if (++read === events) break;
  const [seconds, cpuUs] = [watch.seconds(), watch.cpuUs()];
  await client.dispose();
  return rateOf(read, seconds, cpuUs);
}

/** The first `events` of the whole log through a persistent subscription of its own, until all are acknowledged. */
export async function logGroup({ url, events }: Of<'log-group'>): Promise<Rate> {
  const client = EventStoreDBClient.connectionString(url);
  const group = `bench-${ids.fresh()}`;
  const settings = persistentSubscriptionToAllSettingsFromDefaults({
    startFrom: START,
    historyBufferSize: 2_000,
    readBatchSize: 200,
  });
  await client.createPersistentSubscriptionToAll(group, settings);
  const watch = stopwatch();
  const subscription = client.subscribeToPersistentSubscriptionToAll(group, { bufferSize: 1_000 });
  await new Promise<void>((resolve, reject) => {
    let read = 0;
    const arrived: PersistentSubscriptionToAllResolvedEvent[] = [];
    const ack = () => {
      void subscription.ack(...arrived.splice(0)).catch(reject);
      if (read === events) resolve();
    };
    subscription.on('error', reject).on('data', (one) => {
      if (read === events) return;
      read++;
      if (arrived.push(one) === 1) setImmediate(ack);
    });
  });
  // Answered behind the acknowledgements.
  await client.getPersistentSubscriptionToAllInfo(group);
  const [seconds, cpuUs] = [watch.seconds(), watch.cpuUs()];
  await subscription.unsubscribe();
  await client.deletePersistentSubscriptionToAll(group);
  await client.dispose();
  return rateOf(events, seconds, cpuUs);
}

/** Single events at a steady rate: until they are acknowledged, and until a subscriber has them. */
export async function logLive(job: Of<'log-live'>): Promise<OpenResult> {
  const client = EventStoreDBClient.connectionString(job.url);
  const [stream = ''] = streamNames(1);
  const post = new Post();
  const meter = new Meter();
  const subscription = client.subscribeToStream(stream, { fromRevision: START });
  subscription.on('data', ({ event: got }) => post.acted(got!.id));
  subscription.on('error', (error) => meter.fail(error));
  await new Promise<void>((resolve) => subscription.once('confirmation', () => resolve()));
  const late = await paced({
    perSecond: job.perSecond,
    timing: job,
    send: (_, measured) => {
      const one = event();
      meter.underWay++;
      if (measured) post.sent(one.id);
      client.appendToStream(stream, one).then(
        () => {
          meter.done(1);
          post.answered(one.id);
        },
        (error) => meter.fail(error),
      );
    },
  });
  await meter.drained();
  await post.quiet();
  await subscription.unsubscribe();
  await client.dispose();
  return post.result(late, 0);
}

/** One event after the other, each appended when a subscriber has got the one before: no machine falls asleep meanwhile. */
export async function logInTurn(job: Of<'log-in-turn'>): Promise<OpenResult> {
  const client = EventStoreDBClient.connectionString(job.url);
  const [stream = ''] = streamNames(1);
  const post = new Post();
  let arrived = () => {};
  const subscription = client.subscribeToStream(stream, { fromRevision: START });
  subscription.on('data', ({ event: got }) => {
    post.acted(got!.id);
    arrived();
  });
  await new Promise<void>((resolve) => subscription.once('confirmation', () => resolve()));
  const begun = performance.now();
  for (let now = begun; now - begun < job.warmUpMs + job.measureMs; now = performance.now()) {
    const one = event();
    const there = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    if (now - begun >= job.warmUpMs) post.sent(one.id);
    await client.appendToStream(stream, one);
    post.answered(one.id);
    await there;
  }
  await subscription.unsubscribe();
  await client.dispose();
  // Each is sent when the one before is there: none is late.
  return post.result([0], 0);
}

export const rateOf = (events: number, seconds: number, cpuUs: number): Rate => ({
  events,
  perSecond: short(events / seconds),
  cpuUs: short(cpuUs / events),
});
