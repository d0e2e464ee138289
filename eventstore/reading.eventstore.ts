import type { Readable } from 'node:stream';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { convertToCommandError, type EventStoreDBClient } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';
import { type Answer, answerOf } from './answer.js';
import { arrivals } from './arrivals.js';
import { type Position, type ReadStream, START } from './log.js';

/** How many events are read ahead of whoever takes them. */
export const READ_AHEAD = 512;

/** What a subscription is to be told of: streams or types whose names begin so, or types like a regular expression. */
export type Filter = { streams: readonly string[] } | { types: readonly string[] } | { typesLike: string };

const { ReadReq } = messages;
const { Options } = ReadReq;
type ReadReq = InstanceType<typeof ReadReq>;
const yes = () => new shared.Empty();

const asking = (options: InstanceType<typeof Options>): ReadReq =>
  new ReadReq().setOptions(options.setUuidOption(new Options.UUIDOption().setString(yes())));

/** A subscription to the whole log after a position. */
export function followAll(after: Position, filter?: Filter): ReadReq {
  const place = new Options.Position().setCommitPosition(`${after}`).setPreparePosition(`${after}`);
  const all = new Options.AllOptions();
  const options = new Options()
    .setAll(after === START ? all.setStart(yes()) : all.setPosition(place))
    .setSubscription(new Options.SubscriptionOptions());
  return asking(filter ? options.setFilter(filterOf(filter)) : options.setNoFilter(yes()));
}

function filterOf(filter: Filter) {
  const { FilterOptions } = Options;
  const of = new FilterOptions.Expression();
  const options = new FilterOptions().setCount(yes()).setCheckpointintervalmultiplier(1);
  if ('streams' in filter) return options.setStreamIdentifier(of.setPrefixList([...filter.streams]));
  if ('types' in filter) return options.setEventType(of.setPrefixList([...filter.types]));
  return options.setEventType(of.setRegex(filter.typesLike));
}

/** A read of one stream. */
export function readOne(
  stream: string,
  { from, backwards = false, max = Number.MAX_SAFE_INTEGER }: ReadStream,
): ReadReq {
  const name = new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
  const one = new Options.StreamOptions().setStreamIdentifier(name);
  if (from !== undefined) one.setRevision(`${from}`);
  else if (backwards) one.setEnd(yes());
  else one.setStart(yes());
  const options = new Options().setStream(one).setCount(`${max}`).setNoFilter(yes());
  return asking(options.setReadDirection(backwards ? BACKWARDS : FORWARDS));
}

const { BACKWARDS, FORWARDS } = Options.ReadDirection;

type Call = Readable & { cancel(): void };
type Creator = (grpc: { makeServerStreamRequest(...call: unknown[]): Call }) => Call;
/** What the client makes its own calls with: its connection and credentials, and what it does when they fail. */
type Inside = {
  GRPCStreamCreator(service: unknown, name: string, creator: Creator): () => Promise<Call>;
  callArguments(base: object, options: { deadline: number }): unknown[];
};

/** What a server answers, as it comes together; the call is let go of whatever happens. */
export async function* answers(
  client: EventStoreDBClient,
  request: ReadReq,
  signal?: AbortSignal,
): AsyncGenerator<Answer[]> {
  const { GRPCStreamCreator, callArguments } = client as unknown as Inside;
  const { path, requestSerialize } = streams.StreamsService.read;
  const create = GRPCStreamCreator(streams.StreamsClient, 'read', (grpc) => {
    const rest = callArguments({}, { deadline: Number.POSITIVE_INFINITY });
    return grpc.makeServerStreamRequest(path, requestSerialize, answerOf, request, ...rest);
  });
  const call = await create();
  try {
    yield* arrivals<Answer>(call, { max: READ_AHEAD, signal });
  } catch (error) {
    throw convertToCommandError(error as Error);
  } finally {
    await letGo(call);
  }
}

/** A call with unread messages never ends, and holds its memory: it is cancelled and emptied. */
export async function letGo(read: Readable & { cancel(): unknown }): Promise<void> {
  if (read.readableEnded) return;
  read.on('error', () => undefined);
  // Not in the turn in which something arrived: https://github.com/grpc/grpc-node/issues/1652
  await endOfTurn();
  try {
    await read.cancel();
  } catch {
    // It was never made.
  }
  read.resume();
}
