import { BACKWARDS, END, FORWARDS, type ReadAllOptions } from '@eventstore/db-client';
import { backoff } from './backoff.js';
import type { Connection } from './connection.eventstore.js';
import { isDenied, isRetryable, NoAnswer, unavailable } from './errors.eventstore.js';
import { type EventLog, isWithin, type Position, type ReadRange } from './log.js';
import { type Filter, letGo } from './reading.eventstore.js';
import { subscribed } from './subscription.eventstore.js';

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
        const filter = filterOf(range, last);
        for await (const events of subscribed(client, { after: at, filter, signal: range.signal })) {
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

/** The server filters by one thing alone: what else is asked is looked at here. */
function filterOf({ streams, types }: Pick<ReadRange, 'streams' | 'types'>, last: Last): Filter | undefined {
  if (streams) return { streams: [...streams, last.stream] };
  if (types) return { types: [...types, last.type] };
  return undefined;
}
