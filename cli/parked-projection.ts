import { askRetry, type ParkedRow, parkedOf, skipParked } from '../projections/halted.js';
import { projections } from '../projections/index.js';
import { openDatabaseAlone } from './database-alone.js';
import { createLogger } from './logger.js';
import { runningEngine } from './running-engine.js';
import { readSettings, UsageError } from './settings.js';
import { columns } from './terminal/index.js';

export type ParkedInProjection = {
  projection: string;
  max: number;
  /** Positions; `all` with `retry` only. */
  retry?: number | 'all';
  skip?: number;
  json: boolean;
};

/** What a read model has put aside: shown, asked to be taken once more, or passed over. */
export async function parkedInProjection(wanted: ParkedInProjection): Promise<void> {
  const { projection, json } = wanted;
  const names = projections.map(({ name }) => name);
  if (!names.includes(projection))
    throw new UsageError(`parked: there is no read model ${projection}, only ${names.join(', ')}`, 2);
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const { pool, close } = await openDatabaseAlone(settings, createLogger(settings.LOG_LEVEL));
  try {
    if (wanted.skip !== undefined) {
      const skipped = await skipParked(pool, { projection, position: wanted.skip });
      if (skipped === 0) throw nothingAt(wanted.skip, projection);
      say(json, { skipped }, 'it is passed over from now on, and what waited behind it is taken');
    } else if (wanted.retry !== undefined) {
      const position = wanted.retry === 'all' ? undefined : wanted.retry;
      const retried = await askRetry(pool, { projection, ...(position !== undefined && { position }) });
      if (retried === 0 && position !== undefined) throw nothingAt(position, projection);
      const when = runningEngine(settings) ? 'within a second' : 'when an engine starts';
      say(json, { retried }, `${retried} events are taken once more ${when}`);
    } else {
      const items = await parkedOf(pool, projection, { after: 0, limit: wanted.max });
      say(json, { projection, items }, items.length === 0 ? 'nothing is parked' : listed(items).join('\n'));
    }
  } finally {
    await close();
  }
}

const nothingAt = (position: number, projection: string) =>
  new UsageError(`parked: nothing at ${position} is parked in ${projection}`);

const say = (json: boolean, data: object, text: string) =>
  process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`);

const HEAD = ['position', 'event', 'subject', 'state', 'tries', 'why'];

const listed = (items: ParkedRow[]): string[] =>
  columns(
    HEAD,
    items.map((item) => [
      ...[String(item.position), item.type, item.subject, item.state, String(item.tries)],
      item.error.split('\n')[0]!,
    ]),
  );
