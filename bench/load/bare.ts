import { randomBytes } from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { short } from '../statistics.js';
import { type Draft, draftsOf } from './drafts.js';
import { Ids } from './frames.js';
import type { ClosedJob, OpenJob, OpenResult, Throughput } from './jobs.js';
import { Meter, paced } from './pace.js';
import { Post } from './post.js';

type Bare<J> = Extract<J, { kind: `bare-${string}` }>;

const streamsOf = (lanes: number) =>
  Array.from({ length: lanes }, () => `player-${randomBytes(16).toString('hex')}`);

/** The official client and nothing else, appending what the engine would, as fast as it can. */
export async function bareClosed(job: Bare<ClosedJob>): Promise<Throughput> {
  const client = EventStoreDBClient.connectionString(job.url);
  const meter = new Meter();
  const ids = new Ids();
  const drafts = draftsOf('match');
  streamsOf(job.lanes).forEach((stream, lane) => {
    let next = lane * 7 * job.size;
    const send = (): void => {
      if (!meter.running) return;
      meter.underWay++;
      const batch = Array.from({ length: job.size }, () => drafts[next++ % drafts.length]!);
      append(client, stream, stamped(batch, ids)).then(
        () => {
          meter.done(job.size);
          send();
        },
        (error) => meter.fail(error),
      );
    };
    for (let at = 0; at < job.window; at++) send();
  });
  const seconds = await meter.measure(job);
  await meter.drained();
  await client.dispose();
  const { events } = meter;
  return { events, actions: 0, refused: 0, seconds: short(seconds), perSecond: short(events / seconds) };
}

/** How long one append of one event takes at a steady rate. */
export async function bareOpen(job: Bare<OpenJob>): Promise<OpenResult> {
  const client = EventStoreDBClient.connectionString(job.url);
  const meter = new Meter();
  const ids = new Ids();
  const drafts = draftsOf(job.story);
  const post = new Post();
  const streams = streamsOf(job.lanes);
  const late = await paced({
    perSecond: job.perSecond,
    timing: job,
    send: (nth, measured) => {
      const event = stamped([drafts[nth % drafts.length]!], ids);
      const { id } = event[0]!;
      meter.underWay++;
      if (measured) post.sent(id);
      append(client, streams[nth % streams.length]!, event).then(
        () => {
          meter.done(1);
          post.answered(id);
        },
        (error) => meter.fail(error),
      );
    },
  });
  await meter.drained();
  await client.dispose();
  return post.result(late, 0);
}

type Stamped = Draft & { id: string };

const append = (client: EventStoreDBClient, stream: string, events: Stamped[]) =>
  client.appendToStream(
    stream,
    events.map((event) => jsonEvent(event as Parameters<typeof jsonEvent>[0])),
    { expectedRevision: 'any' },
  );

/** As from the gateway: the frame's id correlates, each event is its own cause. */
function stamped(batch: readonly Draft[], ids: Ids): Stamped[] {
  const $correlationId = ids.fresh();
  const recordedAt = new Date().toISOString();
  return batch.map(({ type, data, metadata }) => {
    const id = batch.length === 1 ? $correlationId : ids.fresh();
    return { id, type, data, metadata: { ...metadata, $correlationId, $causationId: id, recordedAt } };
  });
}
