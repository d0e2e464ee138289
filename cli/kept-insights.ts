import type { Pool } from '../projections/database.js';
import type { Row } from '../projections/insight/define.js';
import {
  forget,
  type KeptInsight,
  keep,
  keptInsights,
  keptRows,
  type ToKeep,
} from '../projections/insight/kept.js';
import { openDatabaseAlone } from './database-alone.js';
import { createLogger } from './logger.js';
import { runningEngine } from './running-engine.js';
import { readSettings, UsageError } from './settings.js';
import { columns } from './terminal/index.js';

const NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** @throws UsageError when an insight cannot be called so. */
export function nameOf(given: unknown): string {
  if (typeof given === 'string' && NAME.test(given)) return given;
  throw new UsageError('insight: a name has small letters, digits and hyphens, and begins with a letter', 2);
}

async function withPool<T>(act: (pool: Pool, engineRuns: boolean) => Promise<T>): Promise<T> {
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const { pool, close } = await openDatabaseAlone(settings, createLogger(settings.LOG_LEVEL));
  try {
    return await act(pool, runningEngine(settings) !== null);
  } finally {
    await close();
  }
}

export const keepInsight = (insight: ToKeep, json: boolean): Promise<void> =>
  withPool(async (pool, engineRuns) => {
    await keep(pool, insight);
    const when = engineRuns ? 'now on' : 'the next start of an engine on';
    const { name } = insight;
    say(
      json,
      { kept: name },
      `${name} is kept: answered from ${when}; agl insight --show ${name}, GET /insights/${name}`,
    );
  });

export const forgetInsight = (name: string, json: boolean): Promise<void> =>
  withPool(async (pool) => {
    if (!(await forget(pool, name))) throw new UsageError(`insight: none is kept as ${name}`);
    say(json, { forgotten: name }, `${name} is not kept any more`);
  });

export const listInsights = (json: boolean): Promise<void> =>
  withPool(async (pool) => {
    const items = await keptInsights(pool);
    say(json, items, items.length === 0 ? 'no insight is kept' : listed(items).join('\n'));
  });

/** The rows of a kept insight as they are. */
export const rowsOfKept = (name: string): Promise<Row[]> =>
  withPool(async (pool) => {
    const found = (await keptInsights(pool)).find((one) => one.name === name);
    if (!found) throw new UsageError(`insight: none is kept as ${name}`);
    if (found.trouble)
      process.stderr.write(`agl: insight: ${name} is not answered any more: ${found.trouble}\n`);
    return keptRows(pool, name, { after: 0, limit: Number.MAX_SAFE_INTEGER });
  });

const listed = (items: KeptInsight[]): string[] =>
  columns(
    ['insight', 'of', 'rows', 'position', 'since', 'trouble'],
    items.map(({ name, scope, rows, position, keptAt, trouble }) => [
      ...[name, scope.gameId ?? scope.clientId ?? 'all games', String(rows), String(position), keptAt],
      trouble ?? '',
    ]),
  );

const say = (json: boolean, data: object, text: string) =>
  process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`);
