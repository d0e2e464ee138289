import { status } from '@grpc/grpc-js';
import {
  ALL,
  type GroupKey,
  type GroupSettings,
  type StartFrom,
  type StrategyName,
} from '../../groups/settings.js';
import { refusal } from '../errors.js';
import { text } from '../proposed.js';
import { parseTerms } from '../streams/query.js';
import type { persistentMessages } from '../stubs.js';
import { failed } from './refusals.js';

type CreateReq = InstanceType<typeof persistentMessages.CreateReq>;
type UpdateReq = InstanceType<typeof persistentMessages.UpdateReq>;
type Options = NonNullable<ReturnType<(CreateReq | UpdateReq)['getOptions']>>;
type Settings = NonNullable<ReturnType<Options['getSettings']>>;
type Identifier = { getStreamName_asU8(): Uint8Array };

const invalid = (message: string) => refusal(status.INVALID_ARGUMENT, message);

export const nameOf = (identifier: Identifier | undefined) =>
  identifier ? text(identifier.getStreamName_asU8()) : '';

/** Who is meant, of the requests that name a stream or say `all`. */
export function parseKey(
  options:
    | { hasAll(): boolean; getStreamIdentifier(): Identifier | undefined; getGroupName(): string }
    | undefined,
): GroupKey {
  if (!options) throw invalid('the request has no options');
  const group = options.getGroupName();
  if (options.hasAll()) return { stream: ALL, group };
  if (!options.getStreamIdentifier()) throw invalid('the request names neither a stream nor $all');
  return { stream: nameOf(options.getStreamIdentifier()), group };
}

/** `$all` is no stream that could be named. */
export function refuseAllByName(key: GroupKey): void {
  const why = 'Persistent subscriptions to $all are only supported over gRPC through gRPC clients';
  if (key.stream === ALL) throw failed(key, why);
}

/** Create and Update: requests of one form, but that an update has no filter. */
export function parseSettings(request: CreateReq | UpdateReq): { key: GroupKey; settings: GroupSettings } {
  const options = request.getOptions();
  const settings = options?.getSettings();
  if (!options || !settings) throw invalid('the request has no options, or no settings');
  const group = options.getGroupName();
  const all = options.getAll();
  if (all) {
    const filter = 'getFilter' in all ? all.getFilter() : undefined;
    const parsed = { ...plain(settings), startFrom: positionOf(all) };
    if (filter) parsed.filter = parseTerms(filter);
    return { key: { stream: ALL, group }, settings: parsed };
  }
  const source = options.getStream();
  // Clients older than 21.10 name the stream and the revision elsewhere.
  const stream = nameOf(source ? source.getStreamIdentifier() : options.getStreamIdentifier());
  refuseAllByName({ stream, group });
  const startFrom = source ? revisionOf(source) : at(settings.getRevision());
  return { key: { stream, group }, settings: { ...plain(settings), startFrom } };
}

const END: StartFrom = { commit: -1, prepare: -1 };
const LARGEST = '18446744073709551615';

const at = (commit: string, prepare = commit): StartFrom =>
  commit === LARGEST ? END : { commit: Number(commit), prepare: Number(prepare) };

function revisionOf(source: NonNullable<ReturnType<Options['getStream']>>): StartFrom {
  if (source.hasEnd()) return END;
  if (source.hasStart()) return at('0');
  if (source.hasRevision()) return at(source.getRevision());
  throw invalid("'None' is not a valid RevisionOptionOneofCase");
}

function positionOf(all: NonNullable<ReturnType<Options['getAll']>>): StartFrom {
  const position = all.getPosition();
  if (position) return at(position.getCommitPosition(), position.getPreparePosition());
  if (all.hasEnd()) return END;
  if (all.hasStart()) return at('0');
  throw invalid("'None' is not a valid AllOptionOneofCase");
}

const TICKS_PER_MS = 10_000;
/** The older field numbers the strategies; the newer one, of Create only, names them. */
const strategies: StrategyName[] = ['DispatchToSingle', 'RoundRobin', 'Pinned'];

function plain(settings: Settings): Omit<GroupSettings, 'startFrom'> & { startFrom?: StartFrom } {
  const named = 'getConsumerStrategy' in settings ? settings.getConsumerStrategy() : '';
  const numbered = settings.getNamedConsumerStrategy();
  return {
    resolveLinkTos: settings.getResolveLinks(),
    extraStatistics: settings.getExtraStatistics(),
    messageTimeout: settings.hasMessageTimeoutTicks()
      ? Math.trunc(Number(settings.getMessageTimeoutTicks()) / TICKS_PER_MS)
      : settings.getMessageTimeoutMs(),
    maxRetryCount: settings.getMaxRetryCount(),
    checkPointAfter: settings.hasCheckpointAfterTicks()
      ? Math.trunc(Number(settings.getCheckpointAfterTicks()) / TICKS_PER_MS)
      : settings.getCheckpointAfterMs(),
    minCheckPointCount: settings.getMinCheckpointCount(),
    maxCheckPointCount: settings.getMaxCheckpointCount(),
    maxSubscriberCount: settings.getMaxSubscriberCount(),
    liveBufferSize: settings.getLiveBufferSize(),
    historyBufferSize: settings.getHistoryBufferSize(),
    readBatchSize: settings.getReadBatchSize(),
    strategy: (named || strategies[numbered] || String(numbered)) as StrategyName,
  };
}
