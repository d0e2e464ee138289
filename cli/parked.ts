import { COMPANIONS } from '../commands/reactors/companion-reactor.js';
import type { EventLog, ParkedEvent } from '../eventstore/log.js';
import { openLogAlone } from './log-alone.js';
import { createLogger } from './logger.js';
import { readSettings, UsageError } from './settings.js';
import { columns } from './terminal/index.js';
import type { Given, Verb } from './verbs.js';

export const parked: Verb = {
  help: `
  agl parked [--replay]

  --replay   gives them to the companions again, once what was in their way is mended
  --max N    shows no more than N of them (default 100)
  --json     as JSON

Works beside a running engine on the same data folder, and without one: then what is replayed is taken up when
the engine starts.
`,
  options: { replay: { type: 'boolean' }, max: { type: 'string' } },
  run,
};

const MAX = 100;

async function run({ values, files }: Given): Promise<number> {
  if (files.length > 0) throw new UsageError(`parked: takes no ${files[0]}`, 2);
  const max = values.max === undefined ? MAX : Number(values.max);
  if (!Number.isInteger(max) || max < 1) throw new UsageError('parked: --max is a number from 1', 2);
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
