import { BACKWARDS, END, ErrorType } from '@eventstore/db-client';
import { readAddress } from './address.js';
import { isEvent } from './answer.js';
import { appending } from './append.eventstore.js';
import { Breaker, type Trouble } from './breaker.js';
import { type Connection, connect } from './connection.eventstore.js';
import { isDenied, isOf, isRetryable, unavailable } from './errors.eventstore.js';
import { Follower, type Subscribe } from './follower.js';
import { Gate } from './gate.js';
import { groupsOf } from './group.eventstore.js';
import {
  type EventLog,
  type PlacedEvent,
  type Position,
  type ReadStream,
  START,
  type StoredEvent,
} from './log.js';
import { readRange } from './range.eventstore.js';
import { answers, letGo, readOne } from './reading.eventstore.js';
import { subscribe } from './subscription.eventstore.js';

export type ConnectLog = {
  /** `esdb://…`: EventStoreDB, KurrentDB or the embedded node. */
  url: string;
  /** Told when the connection is lost, with how often it was tried since. */
  onTrouble?: (error: unknown, tries: number) => void;
  /** Told when callers begin or cease to be answered at once that the log is away. */
  onBreaker?: (state: 'open' | 'closed', trouble: Trouble) => void;
  /** Event types that no follower of this connection needs: the server leaves them out. */
  skip?: readonly string[];
  /** Waited for after each batch of events that is read to be followed: who reads may have to let others go first. */
  rest?: (events: readonly PlacedEvent[], signal: AbortSignal) => Promise<void>;
  /** How long an append is tried again under the same ids before it counts as unavailable. */
  appendWithinMs?: number;
};

/** The event log on `@eventstore/db-client`. Connects at the first use. @throws Error when `url` cannot be read. */
export function connectLog(options: ConnectLog): EventLog {
  const { url, onTrouble, onBreaker, skip = [], rest, appendWithinMs = 3_000 } = options;
  const address = readAddress(url);
  const leader = connect(address.leader);
  // Appends, groups and reads before a decision need the leader; following may be left to another node.
  const followed = address.followed === address.leader ? leader : connect(address.followed);
  const head = () => headOf(leader);
  const breaker = new Breaker({ openAfterMs: appendWithinMs, probe: head, onChange: onBreaker });
  const gate = new Gate();
  const read = subscribe(followed, skip);
  const source = { head: () => headOf(followed), subscribe: rest ? resting(read, rest) : read };
  const follower = new Follower(source, onTrouble);
  const groups = groupsOf(leader, onTrouble);
  return {
    ...groups,
    append: appending({ connection: leader, breaker, gate, withinMs: appendWithinMs }),
    readStream: (stream, options) => readStream(leader, { stream, breaker, ...options }),
    follow: (after, options) => follower.follow(after, options),
    read: readRange(followed),
    async keepNewest(stream, count) {
      await leader.client.setStreamMetadata(stream, { maxCount: count });
    },
    async deleteStream(stream) {
      try {
        await leader.client.deleteStream(stream);
      } catch (error) {
        if (!isGone(error)) throw unavailable(error);
      }
    },
    head,
    health() {
      const { state, trouble } = breaker;
      return { breaker: state, trouble, underWay: gate.underWay, waiting: gate.waiting };
    },
    async close() {
      breaker.close();
      groups.close();
      await follower.close();
      await Promise.all([...new Set([leader, followed])].map((connection) => connection.close()));
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

const isGone = (error: unknown): boolean =>
  isOf(error, ErrorType.STREAM_NOT_FOUND) || isOf(error, ErrorType.STREAM_DELETED);

type Reading = ReadStream & { stream: string; breaker: Breaker };

async function* readStream(
  { client }: Connection,
  { stream, breaker, ...range }: Reading,
): AsyncGenerator<StoredEvent> {
  breaker.enter('read');
  try {
    for await (const arrived of answers(client, readOne(stream, range))) yield* arrived.filter(isEvent);
    breaker.succeeded('read');
  } catch (error) {
    const away = isRetryable(error) || isDenied(error);
    if (away) breaker.failed('read', error);
    else breaker.succeeded('read');
    if (isGone(error)) return;
    throw unavailable(error);
  }
}

async function headOf({ client }: Connection): Promise<Position> {
  // System events never reach a follower, so the newest of the others is what there is to get to.
  const read = client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 512 });
  try {
    for await (const { event } of read.iterator({ destroyOnReturn: false })) {
      if (event && !event.type.startsWith('$')) return Number(event.position.commit);
    }
    return START;
  } finally {
    await letGo(read);
  }
}
