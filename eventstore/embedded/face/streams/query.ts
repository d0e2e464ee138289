import { status } from '@grpc/grpc-js';
import type { StoredRecord } from '../../engine/record.js';
import { type FilterTerms, matcherOf } from '../../filter.js';
import { refusal } from '../errors.js';
import { text } from '../proposed.js';
import { streamMessages } from '../stubs.js';

/** A ReadReq, understood. `from` is a revision of a stream, a position of `$all`, or one of their ends. */
export type Query = {
  /** undefined: `$all`. */
  stream?: string;
  from: number | 'start' | 'end';
  backwards: boolean;
  resolveLinks: boolean;
  structuredIds: boolean;
  /** undefined: a subscription. */
  max?: number;
  filter?: Filter;
  /** What the caller understands beyond the first protocol: from 1 on, where a stream begins and ends. */
  compatibility: number;
};

/** `every` is how many events are looked at between two checkpoints. */
export type Filter = { matches(record: StoredRecord): boolean; every: number };

type Options = InstanceType<typeof streamMessages.ReadReq.Options>;
type FilterOptions = InstanceType<typeof streamMessages.ReadReq.Options.FilterOptions>;

/** The real server looks at so many events before a checkpoint, times what the caller asks. */
const DEFAULT_WINDOW = 32;

/** @throws a refusal that names what is missing or wrong. */
export function parseQuery(request: Uint8Array): Query {
  const options = streamMessages.ReadReq.deserializeBinary(request).getOptions();
  if (!options) throw refusal(status.INVALID_ARGUMENT, 'the read has no options');
  const uuids = options.getUuidOption();
  if (!uuids)
    throw refusal(status.INVALID_ARGUMENT, "'uuidOption' is a required argument of type UUIDOption");
  const query = {
    ...parseSource(options),
    backwards: options.getReadDirection() === 1,
    resolveLinks: options.getResolveLinks(),
    // Only who asks for text is given text.
    structuredIds: !uuids.hasString(),
    max: options.hasSubscription() ? undefined : Number(options.getCount()),
    filter: parseFilter(options.getFilter()),
    compatibility: options.getControlOption()?.getCompatibility() ?? 0,
  };
  checkCombination(options, query);
  return query;
}

/** Streams have no filters, subscriptions one direction, and every choice is made. */
function checkCombination(options: Options, { stream, filter, max, backwards }: Query): void {
  const chosen =
    (options.hasCount() || options.hasSubscription()) && (options.hasFilter() || options.hasNoFilter());
  if (chosen && !(stream !== undefined && filter) && !(max === undefined && backwards)) return;
  const combination = [
    stream === undefined ? 'All' : 'Stream',
    options.hasCount() ? 'Count' : options.hasSubscription() ? 'Subscription' : 'None',
    backwards ? 'Backwards' : 'Forwards',
    options.hasFilter() ? 'Filter' : options.hasNoFilter() ? 'NoFilter' : 'None',
  ];
  throw refusal(status.INVALID_ARGUMENT, `The combination of (${combination.join(', ')}) is invalid.`);
}

function parseSource(options: Options): Pick<Query, 'stream' | 'from'> {
  const source = options.getStream();
  if (source) {
    const stream = text(source.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array(0));
    if (stream === '') throw refusal(status.INVALID_ARGUMENT, 'the stream is not named');
    return { stream, from: source.hasRevision() ? Number(source.getRevision()) : edge(source) };
  }
  const all = options.getAll();
  if (!all) throw refusal(status.INVALID_ARGUMENT, 'the read names neither a stream nor $all');
  const position = all.getPosition();
  return { from: position ? Number(position.getCommitPosition()) : edge(all) };
}

const edge = (source: { hasEnd(): boolean }) => (source.hasEnd() ? 'end' : 'start');

function parseFilter(options: FilterOptions | undefined): Filter | undefined {
  if (!options) return undefined;
  const window = options.hasMax() ? options.getMax() : DEFAULT_WINDOW;
  return {
    matches: matcherOf(parseTerms(options)),
    every: Math.max(1, window) * Math.max(1, options.getCheckpointintervalmultiplier()),
  };
}

type Expression = { getRegex(): string; getPrefixList(): string[] };
type Expressions = { getEventType(): Expression | undefined; getStreamIdentifier(): Expression | undefined };

/** The terms of a filter: the same messages in every service. */
export function parseTerms(options: Expressions): FilterTerms {
  const byType = options.getEventType();
  const expression = byType ?? options.getStreamIdentifier();
  if (!expression) throw refusal(status.INVALID_ARGUMENT, 'the filter names neither streams nor event types');
  return {
    on: byType ? 'type' : 'stream',
    prefixes: expression.getPrefixList(),
    regex: expression.getRegex(),
  };
}
