import { COMPANIONS } from '../commands/reactors/companion-reactor.js';
import type { EventLog, ParkedEvent } from '../eventstore/log.js';
import { openLogAlone } from './log-alone.js';
import { createLogger } from './logger.js';
import { parkedInProjection } from './parked-projection.js';
import { readSettings, UsageError } from './settings.js';
import { columns } from './terminal/index.js';
import type { Given, Verb } from './verbs.js';

export const parked: Verb = {
  help: `
  agl parked [--replay]
  agl parked --projection NAME [--retry | --retry-all | --skip POSITION]

  --replay             gives them to the companions again, once what was in their way is mended
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
  if (typeof projection === 'string') {
    await parkedInProjection({ projection, max, json: values.json === true, ...actOf(values) });
    return 0;
  }
  const stray = (['retry', 'retry-all', 'skip'] as const).find((name) => values[name] !== undefined);
  if (stray) throw new UsageError(`parked: --${stray} is for a read model: name it with --projection`, 2);
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const { log, close } = await openLogAlone(settings, createLogger(settings.LOG_LEVEL));
  try {
    if (values.replay) await replay(log, values.json === true);
    else await show(log, max, values.json === true);
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

async function replay(log: EventLog, json: boolean): Promise<void> {
  const replayed = await log.replayParked(COMPANIONS);
  process.stdout.write(json ? `${JSON.stringify({ replayed })}\n` : `${replayed} events are given again\n`);
}

async function show(log: EventLog, max: number, json: boolean): Promise<void> {
  const items: ParkedEvent[] = [];
  for await (const one of log.parked(COMPANIONS, max)) items.push(one);
  const total = (await log.groupStatus(COMPANIONS))?.parked ?? 0;
  const rows = items.map(({ event: { id, stream, position, type }, reason, parkedAt }) => ({
    ...{ id, stream, position, type, parkedAt, reason },
  }));
  if (json)
    process.stdout.write(`${JSON.stringify({ reactor: COMPANIONS.name, total, items: rows }, null, 2)}\n`);
  else process.stdout.write(rows.length === 0 ? 'nothing is parked\n' : `${listed(rows, total)}\n`);
}

type Row = { position: number; stream: string; type: string; parkedAt: string; reason: string };

const HEAD = ['position', 'event', 'stream', 'parked at', 'why'];

const listed = (rows: Row[], total: number): string =>
  [
    ...columns(
      HEAD,
      rows.map((row) => [String(row.position), row.type, row.stream, row.parkedAt, row.reason]),
    ),
    `${rows.length} of ${total}; agl parked --replay gives them to the companions again`,
  ].join('\n');
