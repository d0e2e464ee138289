import type { Engine } from '../engine/engine.js';
import { systemEvent } from '../engine/plan.js';
import { dataOf } from '../engine/record.js';
import type { FilterTerms } from '../filter.js';
import {
  ALL,
  type GroupKey,
  type GroupSettings,
  parsePlace,
  placeText,
  type StartFrom,
  type StrategyName,
  strategyNames,
} from './settings.js';
import { json, newest, write, writeMetadata } from './state-streams.js';

const STREAM = '$persistentSubscriptionConfig';
/** How far back to look for a configuration that can be read. */
const TRIES = 10;

/** A group as it is kept. `startedAfter`: the place that its end was when it was to begin at the end. */
export type ConfiguredGroup = GroupKey & { settings: GroupSettings; startedAfter?: number };

/** The real server's shape of it, and `startedAfter`: without it a restart would forget what came before. */
type StoredEntry = {
  stream: string;
  group: string;
  filter?: { context: string; type: string; data: string[]; isAllStream: boolean };
  startPosition: string;
  startedAfter?: number;
  namedConsumerStrategy: string;
} & Omit<GroupSettings, 'startFrom' | 'filter' | 'strategy'>;

export async function saveGroups(engine: Engine, groups: ConfiguredGroup[], user: string): Promise<void> {
  const isNew = newest(engine, STREAM) === undefined;
  const first = isNew ? [writeMetadata(engine, STREAM, { $maxCount: 2 })] : [];
  const updated = new Date().toISOString();
  const data = json({ version: '2', updated, updatedBy: user, entries: groups.map(entryOf) });
  await Promise.all([...first, write(engine, STREAM, systemEvent('$PersistentConfig', data))]);
}

/** The groups of the newest configuration that can be read; a strategy that is unknown is passed over. */
export function loadGroups(engine: Engine): ConfiguredGroup[] {
  const slice = engine.readStream({ stream: STREAM, from: 'end', backwards: true, max: TRIES });
  for (const record of slice.status === 'ok' ? slice.records : []) {
    try {
      const { entries } = JSON.parse(dataOf(record).toString()) as { entries: StoredEntry[] };
      return entries.map(groupOf).filter(({ settings }) => strategyNames.includes(settings.strategy));
    } catch {
      // Anybody may append to this stream.
    }
  }
  return [];
}

function entryOf({ stream, group, settings, startedAfter }: ConfiguredGroup): StoredEntry {
  const { startFrom, filter, strategy, ...same } = settings;
  return {
    stream,
    group,
    filter: filter && storedFilter(filter),
    ...same,
    startPosition: placeText(stream, startFrom),
    startedAfter,
    namedConsumerStrategy: strategy,
  };
}

function groupOf(entry: StoredEntry): ConfiguredGroup {
  const { stream, group, filter, startPosition, startedAfter, namedConsumerStrategy, ...same } = entry;
  const startFrom: StartFrom = parsePlace(startPosition) ?? { commit: 0, prepare: 0 };
  const strategy = namedConsumerStrategy as StrategyName;
  const settings: GroupSettings = { ...same, startFrom, strategy };
  if (filter != null && stream === ALL) settings.filter = filterOf(filter);
  return { stream, group, settings, startedAfter };
}

function storedFilter({ on, prefixes, regex }: FilterTerms): StoredEntry['filter'] {
  return {
    context: on === 'type' ? 'eventType' : 'streamId',
    type: prefixes.length > 0 ? 'prefix' : 'regex',
    data: prefixes.length > 0 ? prefixes : [regex],
    isAllStream: true,
  };
}

function filterOf({ context, type, data }: NonNullable<StoredEntry['filter']>): FilterTerms {
  const on = context === 'eventType' ? 'type' : 'stream';
  return type === 'prefix' ? { on, prefixes: data, regex: '' } : { on, prefixes: [], regex: data[0] ?? '' };
}
