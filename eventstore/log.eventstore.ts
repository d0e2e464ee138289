import {
  type AppendResult,
  BACKWARDS,
  END,
  ErrorType,
  EventStoreDBClient,
  FORWARDS,
  START as FROM_START,
  jsonEvent,
} from '@eventstore/db-client';
import { backoff } from './backoff.js';
import { isOf, isRetryable, unavailable, within } from './errors.eventstore.js';
import { Follower, type Subscribe } from './follower.js';
import { groupsOf } from './group.eventstore.js';
import {
  type Appended,
  type EventLog,
  type EventMetadata,
  type Expected,
  LogUnavailable,
  type NewEvent,
  type PlacedEvent,
  type Position,
  type ReadStream,
  START,
  type StoredEvent,
} from './log.js';
import { letGo, READ_AHEAD, stored, subscribe } from './subscription.eventstore.js';

export type ConnectLog = {
  /** `esdb://…`: EventStoreDB, KurrentDB or the embedded node. */
  url: string;
  /** Told when the connection is lost, with how often it was tried since. */
  onTrouble?: (error: unknown, tries: number) => void;
  /** Event types that no follower of this connection needs: the server leaves them out. */
  skip?: readonly string[];
  /** Waited for after each batch of events that is read to be followed: who reads may have to let others go first. */
  rest?: (events: readonly PlacedEvent[], signal: AbortSignal) => Promise<void>;
  /** How long an append is tried again under the same ids before it counts as unavailable. */
  appendWithinMs?: number;
};

/** The client's promise bank can lose an append with its connection: waiting for ever is not an answer. */
const ONE_TRY_MS = 5_000;
const CLOSE_MS = 500;

/** The event log on `@eventstore/db-client`. Connects at the first use. */
export function connectLog({
  url,
  onTrouble,
  skip = [],
  rest,
  appendWithinMs = 3_000,
}: ConnectLog): EventLog {
  const client = EventStoreDBClient.connectionString(url);
  const head = () => headOf(client);
  const read = subscribe(client, skip);
  const follower = new Follower({ head, subscribe: rest ? resting(read, rest) : read }, onTrouble);
  const groups = groupsOf(client, onTrouble);
  return {
    ...groups,
    append: (stream, events, expected) => append(client, { stream, events, expected }, appendWithinMs),
    readStream: (stream, options) => readStream(client, stream, options),
    follow: (after, options) => follower.follow(after, options),
    async keepNewest(stream, count) {
      await client.setStreamMetadata(stream, { maxCount: count });
    },
    head,
    async close() {
      groups.close();
      await follower.close();
      // The client waits for streams that may never tell that they ended.
      await within(CLOSE_MS, client.dispose()).catch(() => undefined);
    },
  };
}

const resting = (subscribe: Subscribe, rest: NonNullable<ConnectLog['rest']>): Subscribe =>
  async function* (after, signal) {
    for await (const events of subscribe(after, signal)) {
      yield events;
      await rest(events, signal);
    }
  };

type AppendCall = { stream: string; events: NewEvent[]; expected: Expected };

/** Trying again is safe for every expectation: the ids are the same, so the server knows a repetition. */
async function append(client: EventStoreDBClient, call: AppendCall, withinMs: number): Promise<Appended> {
  const until = Date.now() + withinMs;
  for (let tries = 0; ; tries++) {
    try {
      const result = await within(ONE_TRY_MS, appendOnce(client, call));
      return {
        ok: true,
        revision: Number(result.nextExpectedRevision),
        position: Number(result.position?.commit ?? START),
      };
    } catch (error) {
      if (isOf(error, ErrorType.WRONG_EXPECTED_VERSION))
        return { ok: false, reason: 'wrong_expected_version' };
      if (!isRetryable(error)) throw error;
      if (Date.now() >= until) throw new LogUnavailable('the event log cannot be reached', { cause: error });
      await backoff(tries, 500);
    }
  }
}

/** As bytes, because the client takes an object through base64 and back each time it serialises it. */
const bytesOf = (metadata: EventMetadata) => utf8.encode(JSON.stringify(metadata));
const utf8 = new TextEncoder();

const appendOnce = (
  client: EventStoreDBClient,
  { stream, events, expected }: AppendCall,
): Promise<AppendResult> =>
  client.appendToStream(
    stream,
    events.map(({ metadata, ...event }) =>
      jsonEvent({ ...event, metadata: bytesOf(metadata) } as Parameters<typeof jsonEvent>[0]),
    ),
    { expectedRevision: typeof expected === 'number' ? BigInt(expected) : expected },
  );

async function* readStream(
  client: EventStoreDBClient,
  stream: string,
  { from, backwards = false, max }: ReadStream = {},
): AsyncGenerator<StoredEvent> {
  const start = backwards ? END : FROM_START;
  const read = client.readStream(
    stream,
    {
      direction: backwards ? BACKWARDS : FORWARDS,
      fromRevision: from === undefined ? start : BigInt(from),
      ...(max !== undefined && { maxCount: max }),
    },
    READ_AHEAD,
  );
  try {
    for await (const { event } of read.iterator(HELD)) if (event) yield stored(event);
  } catch (error) {
    if (isOf(error, ErrorType.STREAM_NOT_FOUND) || isOf(error, ErrorType.STREAM_DELETED)) return;
    throw unavailable(error);
  } finally {
    await letGo(read);
  }
}

/** Breaking off is left to `letGo`: destroying the read would leave the call below it as it is. */
const HELD = { destroyOnReturn: false };

async function headOf(client: EventStoreDBClient): Promise<Position> {
  // System events never reach a follower, so the newest of the others is what there is to get to.
  const read = client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 512 });
  try {
    for await (const { event } of read.iterator(HELD)) {
      if (event && !event.type.startsWith('$')) return Number(event.position.commit);
    }
    return START;
  } finally {
    await letGo(read);
  }
}
