import type { EventLog, Group } from '../eventstore/log.js';
import { openLogAlone } from './log-alone.js';
import { createLogger } from './logger.js';
import { parkedInProjection } from './parked-projection.js';
import { reactorGroups } from './reactor-groups.js';
import { readSettings, UsageError } from './settings.js';
import { columns } from './terminal/index.js';
import type { Given, Verb } from './verbs.js';

export const parked: Verb = {
  help: `
  agl parked [--group NAME] [--replay]
  agl parked --projection NAME [--retry | --retry-all | --skip POSITION]

  --group NAME         of companions (what they could not feel) or voices (lines they could not write) alone
  --replay             gives them again, once what was in their way is mended
  --projection NAME    what a read model could not take, and what waits behind it
  --retry POSITION     that event, and what waits behind it, is taken once more
  --retry-all          all of them
  --skip POSITION      that event is passed over for good, also by a rebuild
  --max N              shows no more than N of them (default 100)
  --json               as JSON

Works beside a running engine on the same data folder, and without one: then what is replayed is taken up when
the engine starts.
`,
  options: {
    replay: { type: 'boolean' },
    group: { type: 'string' },
    max: { type: 'string' },
    projection: { type: 'string' },
    retry: { type: 'string' },
    'retry-all': { type: 'boolean' },
    skip: { type: 'string' },
  },
  run,
};

const MAX = 100;

async function run({ values, files }: Given): Promise<number> {
  if (files.length > 0) throw new UsageError(`parked: takes no ${files[0]}`, 2);
  const max = values.max === undefined ? MAX : Number(values.max);
  if (!Number.isInteger(max) || max < 1) throw new UsageError('parked: --max is a number from 1', 2);
  const { projection } = values;
  const groups = groupsIn(values);
  if (typeof projection === 'string') {
    await parkedInProjection({ projection, max, json: values.json === true, ...actOf(values) });
    return 0;
  }
  const stray = (['retry', 'retry-all', 'skip'] as const).find((name) => values[name] !== undefined);
  if (stray) throw new UsageError(`parked: --${stray} is for a read model: name it with --projection`, 2);
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const { log, close } = await openLogAlone(settings, createLogger(settings.LOG_LEVEL));
  try {
    if (values.replay) await replay(log, groups, values.json === true);
    else await show(log, { groups, max, json: values.json === true });
    return 0;
  } finally {
    await close();
  }
}

function actOf(values: Given['values']): { retry?: number | 'all'; skip?: number } {
  if (values.skip !== undefined) return { skip: positionOf('skip', values.skip) };
  if (values['retry-all']) return { retry: 'all' };
  return values.retry === undefined ? {} : { retry: positionOf('retry', values.retry) };
}

function positionOf(option: string, text: unknown): number {
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`parked: --${option} is a position, as the list shows it`, 2);
}

function groupsIn({ group, projection }: Given['values']): readonly Group[] {
  if (group === undefined) return reactorGroups;
  if (projection !== undefined) throw new UsageError('parked: --group or --projection, not both', 2);
  const named = reactorGroups.filter(({ name }) => name === group);
  if (named.length > 0) return named;
  const names = reactorGroups.map(({ name }) => name).join(', ');
  throw new UsageError(`parked: there is no group ${group}, only ${names}`, 2);
}

async function replay(log: EventLog, which: readonly Group[], json: boolean): Promise<void> {
  const groups: Record<string, number> = {};
  for (const group of which) {
    // One that nobody ever took part in has nothing.
    const status = await log.groupStatus(group);
    groups[group.name] = status ? await log.replayParked(group) : 0;
  }
  const replayed = Object.values(groups).reduce((sum, count) => sum + count, 0);
  const each = Object.entries(groups).map(([name, count]) => `${name} ${count}`);
  process.stdout.write(
    json
      ? `${JSON.stringify({ replayed, groups })}\n`
      : `${replayed} events are given again: ${each.join(', ')}\n`,
  );
}

type Row = {
  group: string;
  id: string;
  position: number;
  stream: string;
  type: string;
  parkedAt: string;
  reason: string;
};

type Shown = { groups: readonly Group[]; max: number; json: boolean };

async function show(log: EventLog, { groups, max, json }: Shown): Promise<void> {
  const items: Row[] = [];
  let total = 0;
  for (const group of groups) {
    const status = await log.groupStatus(group);
    if (!status?.parked) continue;
    total += status.parked;
    items.push(...(await rowsOf(log, group, max - items.length)));
  }
  if (json) process.stdout.write(`${JSON.stringify({ total, items }, null, 2)}\n`);
  else process.stdout.write(items.length === 0 ? 'nothing is parked\n' : `${listed(items, total)}\n`);
}

async function rowsOf(log: EventLog, group: Group, max: number): Promise<Row[]> {
  const rows: Row[] = [];
  if (max === 0) return rows;
  for await (const { event, reason, parkedAt } of log.parked(group, max)) {
    const { id, stream, position, type } = event;
    rows.push({ group: group.name, id, stream, position, type, parkedAt, reason });
  }
  return rows;
}

const HEAD = ['group', 'position', 'event', 'stream', 'parked at', 'why'];

const listed = (rows: Row[], total: number): string =>
  [
    ...columns(
      HEAD,
      rows.map((row) => [row.group, String(row.position), row.type, row.stream, row.parkedAt, row.reason]),
    ),
    `${rows.length} of ${total}; agl parked --replay gives them again`,
  ].join('\n');
