import type { FilterTerms } from '../filter.js';

export const ALL = '$all';

export const strategyNames = ['RoundRobin', 'DispatchToSingle', 'Pinned', 'PinnedByCorrelation'] as const;
export type StrategyName = (typeof strategyNames)[number];

/** Where a group begins that has no checkpoint: a revision, or a position of `$all`; -1 is the end. */
export type StartFrom = { commit: number; prepare: number };

/** The real server's settings of a group, under its names; times in ms, 0 subscribers: any number. */
export type GroupSettings = {
  resolveLinkTos: boolean;
  extraStatistics: boolean;
  startFrom: StartFrom;
  messageTimeout: number;
  maxRetryCount: number;
  /** 0: never by time alone. */
  checkPointAfter: number;
  minCheckPointCount: number;
  maxCheckPointCount: number;
  maxSubscriberCount: number;
  liveBufferSize: number;
  historyBufferSize: number;
  readBatchSize: number;
  strategy: StrategyName;
  /** Only for a group of `$all`. */
  filter?: FilterTerms;
};

/** A group is known by the stream that it consumes (or `$all`) and its name. */
export type GroupKey = { stream: string; group: string };

export const keyOf = ({ stream, group }: GroupKey) => `${stream}::${group}`;

const DEFAULT_BATCH = 20;

/** How many events are read at once. */
export const batchOf = ({ readBatchSize }: GroupSettings) =>
  readBatchSize === 0 ? DEFAULT_BATCH : Math.max(1, readBatchSize);

const exists = (name: string): name is StrategyName => (strategyNames as readonly string[]).includes(name);

/** What the real server has against settings, in its words. `head` is the position of the newest event. */
export function problemOf(settings: GroupSettings, { stream }: GroupKey, head: number): string | undefined {
  if (!exists(settings.strategy)) return `Consumer strategy ${settings.strategy} does not exist.`;
  return stream === ALL ? problemOfPosition(settings.startFrom, head) : problemOfRevision(settings.startFrom);
}

export const problemOfName = ({ stream }: GroupKey) => (stream === '' ? 'Bad stream name.' : undefined);

/** What it finds only once it knows that the group may be made. */
export function problemOfBuffers({ readBatchSize, historyBufferSize }: GroupSettings): string | undefined {
  if (readBatchSize < historyBufferSize) return undefined;
  const why = 'ReadBatchSize may not be greater than or equal to BufferSize';
  return `Specified argument was out of the range of valid values. (Parameter '${why}')`;
}

function problemOfRevision({ commit }: StartFrom): string | undefined {
  if (commit >= -1) return undefined;
  return 'Invalid Start From position: event number must be greater than or equal to -1.';
}

function problemOfPosition({ commit, prepare }: StartFrom, head: number): string | undefined {
  const invalid = (why: string) => `Invalid Start From position: ${why}`;
  if (prepare > commit) return invalid('prepare position must be less than or equal to the commit position.');
  if (commit > head)
    return invalid(
      'commit position must be less than or equal to the last commit position in the transaction file.',
    );
  if ((prepare <= -1 || commit <= -1) && !(prepare === -1 && commit === -1))
    return invalid('prepare and commit positions must be greater than or equal to 0 or both equal to -1.');
  return undefined;
}

/** A place as the real server writes it in checkpoints and statistics: `7`, or `C:7/P:7` for `$all`. */
export function placeText(stream: string, { commit, prepare }: StartFrom): string {
  return stream === ALL ? `C:${commit}/P:${prepare}` : String(commit);
}

export function parsePlace(text: string): StartFrom | undefined {
  const all = /^C:(-?\d+)\/P:(-?\d+)$/.exec(text);
  if (all !== null) return { commit: Number(all[1]), prepare: Number(all[2]) };
  return /^-?\d+$/.test(text) ? { commit: Number(text), prepare: Number(text) } : undefined;
}
