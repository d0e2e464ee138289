import {
  BACKWARDS,
  END,
  eventTypeFilter,
  type Filter,
  FORWARDS,
  START as FROM_START,
  type ReadAllOptions,
  streamNameFilter,
} from '@eventstore/db-client';
import { backoff } from './backoff.js';
import type { Connection } from './connection.eventstore.js';
import { isDenied, isRetryable, NoAnswer, unavailable } from './errors.eventstore.js';
import { type EventLog, isWithin, type PlacedEvent, type Position, type ReadRange, START } from './log.js';
import { eventsOf, letGo, READ_AHEAD } from './subscription.eventstore.js';

/** Tries without news before the log counts as away: some ten seconds, as a restart of a node may take. */
const TRIES = 9;

/**
 * The port's `read`: a filtered subscription that is left once it has passed the end. The client has no filtered
 * read, and not every server tells of having looked past the last match: so the event at the end is asked for too.
 */
export const readRange = (connection: Connection): EventLog['read'] =>
  async function* (after, range) {
    let at = after;
    for (let tries = 0; at < range.upTo && !range.signal.aborted; tries++) {
      const { client } = connection;
      let trouble: unknown = new NoAnswer('the subscription ended before its end');
      try {
        const last = await lastOf(connection, range.upTo);
        if (!last || last.position <= at) return;
        for await (const events of subscribed(connection, { ...range, after: at, last })) {
          tries = 0;
          at = events[events.length - 1]!.position;
          const wanted = events.filter((event) => isWithin(event, range));
          if (wanted.length > 0) yield wanted;
          if (at >= last.position) return;
        }
      } catch (error) {
        connection.failed(client, error);
        trouble = error;
      }
      if (range.signal.aborted) return;
      if (tries >= TRIES || isDenied(trouble) || !isRetryable(trouble)) throw unavailable(trouble);
      await backoff(tries, 2_000, range.signal);
    }
  };

type Last = { position: Position; stream: string; type: string };

/** The log's newest event or, where that is later, the one at the position; the next where there is none any more. */
async function lastOf(connection: Connection, upTo: Position): Promise<Last | undefined> {
  const newest = await oneOf(connection, { fromPosition: END, direction: BACKWARDS });
  if (!newest || newest.position <= upTo) return newest;
  const fromPosition = { commit: BigInt(upTo), prepare: BigInt(upTo) };
  return await oneOf(connection, { fromPosition, direction: FORWARDS });
}

async function oneOf({ client }: Connection, from: ReadAllOptions): Promise<Last | undefined> {
  const read = client.readAll({ ...from, maxCount: 1 });
  try {
    for await (const { event } of read.iterator({ destroyOnReturn: false })) {
      if (event) return { position: Number(event.position.commit), stream: event.streamId, type: event.type };
    }
  } finally {
    await letGo(read);
  }
  return undefined;
}

type Subscribed = ReadRange & { after: Position; last: Last };

async function* subscribed(
  { client }: Connection,
  { after, last, signal, ...range }: Subscribed,
): AsyncGenerator<PlacedEvent[]> {
  const place = BigInt(after);
  const filter = filterOf(range, last);
  const subscription = client.subscribeToAll(
    {
      fromPosition: after === START ? FROM_START : { commit: place, prepare: place },
      ...(filter && { filter }),
    },
    READ_AHEAD,
  );
  yield* eventsOf(subscription, signal);
}

/** The server filters by one thing alone: what else is asked is looked at here. */
function filterOf({ streams, types }: Pick<ReadRange, 'streams' | 'types'>, last: Last): Filter | undefined {
  if (streams) return streamNameFilter({ prefixes: [...streams, last.stream] });
  if (types) return eventTypeFilter({ prefixes: [...types, last.type] });
  return undefined;
}
