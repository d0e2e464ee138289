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
  return {
    ...parseSource(options),
    backwards: options.getReadDirection() === 1,
    resolveLinks: options.getResolveLinks(),
    structuredIds: options.getUuidOption()?.hasStructured() ?? false,
    max: options.hasSubscription() ? undefined : Number(options.getCount()),
    filter: parseFilter(options.getFilter()),
  };
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
