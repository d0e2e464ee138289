import { availableParallelism } from 'node:os';
import { clientId, gameId, streamOf } from '../domain/kernel/ids.js';
import type { EventLog } from '../eventstore/log.js';
import { modelFiles } from '../projections/emotion-model/models.js';
import { bundled } from '../projections/insight/bundle.js';
import type { Row } from '../projections/insight/define.js';
import type { Scope } from '../projections/insight/fold.js';
import { loaded } from '../projections/insight/load.js';
import { columnsOf } from '../projections/insight/rows.js';
import { type Answer, ask, type Limits, type Question } from '../projections/insight/run.js';
import { SHARES_MAX } from '../projections/insight/shares.js';
import { forgetInsight, keepInsight, listInsights, nameOf, rowsOfKept } from './kept-insights.js';
import { openLogAlone } from './log-alone.js';
import { createLogger } from './logger.js';
import { readSettings, UsageError } from './settings.js';
import { writeTable, wrongTableFile } from './table-file.js';
import { columns, harmless, progress } from './terminal/index.js';
import type { Given, Verb } from './verbs.js';

export const insight: Verb = {
  help: `
  agl insight FILE.ts --game ID|--client ID|--all-games [--from TIME] [--to TIME] [--out FILE | --keep NAME]
  agl insight --kept | --show NAME [--out FILE] | --forget NAME

  --game ID     the players of this game
  --client ID   the players of all games of this client
  --all-games   every player there is
  --from TIME   counts what happened from then on, by the game's clock (2026-01-31 or 2026-01-31T18:00:00Z)
  --to TIME     and before then; what happened earlier is still felt: emotions and sessions are of the whole history
  --out FILE    a .csv, .ndjson or .parquet file in place of a table here
  --keep NAME   goes on being answered by the engine, as a read model: --show NAME, GET /insights/NAME
  --kept        which ones are kept
  --show NAME   the rows of a kept one as they are
  --forget NAME one that is not to be kept any more
  --json        the rows as JSON
  --parallel N  processes that share the players (default: one for each core)
  --memory MIB  of each process (default 512)
  --timeout S   for all of it (default 300)

The FILE is a question over all of history: docs/insights tells how to write one. It runs in processes of its own that
may read files and nothing else. Works beside a running engine on the same data folder, and without one.
`,
  options: {
    game: { type: 'string' },
    client: { type: 'string' },
    'all-games': { type: 'boolean' },
    from: { type: 'string' },
    to: { type: 'string' },
    out: { type: 'string' },
    keep: { type: 'string' },
    kept: { type: 'boolean' },
    show: { type: 'string' },
    forget: { type: 'string' },
    parallel: { type: 'string' },
    memory: { type: 'string' },
    timeout: { type: 'string' },
  },
  run,
};

async function run({ values, files }: Given): Promise<number> {
  const json = values.json === true;
  const out = outOf(values);
  if (values.kept || values.show !== undefined || values.forget !== undefined) {
    if (files.length > 0) throw new UsageError('insight: with --kept, --show or --forget no FILE', 2);
    if (values.kept) await listInsights(json);
    else if (values.forget !== undefined) await forgetInsight(nameOf(values.forget), json);
    else await putRows(await rowsOfKept(nameOf(values.show)), { out, json });
    return 0;
  }
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UsageError('insight: name one FILE', 2);
  const scope = scopeOf(values);
  const limits = limitsOf(values);
  const bundle = await bundled(file);
  if (values.keep !== undefined) {
    loaded(bundle);
    await withLog((log) => exists(log, scope));
    await keepInsight({ name: nameOf(values.keep), scope, bundle, memoryMiB: limits.memoryMiB }, json);
    return 0;
  }
  return askOnce({ bundle, scope, limits }, { out, json });
}

function outOf({ out, keep }: Given['values']): string | undefined {
  if (out !== undefined && keep !== undefined)
    throw new UsageError('insight: --out FILE or --keep NAME, not both', 2);
  const wrong = typeof out === 'string' ? wrongTableFile(out) : undefined;
  if (wrong) throw new UsageError(`insight: --out: ${wrong}`, 2);
  return out as string | undefined;
}

type Once = Pick<Question, 'bundle' | 'scope' | 'limits'>;

async function askOnce({ bundle, scope, limits }: Once, where: Where): Promise<number> {
  const bar = progress(1, 'insight', process.stderr);
  try {
    const answer = await withLog(async (log, { url, dataDir }) => {
      await exists(log, scope);
      const models = modelFiles(dataDir, (message) => process.stderr.write(`agl: ${message}\n`));
      const question = { bundle, url, upTo: await log.head(), scope, limits, models };
      return ask({ ...question, onProgress: (share) => bar.update(share) });
    });
    bar.stop();
    await put(answer, where);
    return 0;
  } finally {
    bar.stop();
  }
}

type Place = { url: string; dataDir: string };

async function withLog<T>(act: (log: EventLog, place: Place) => Promise<T>): Promise<T> {
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const { log, url, close } = await openLogAlone(settings, createLogger(settings.LOG_LEVEL));
  try {
    return await act(log, { url, dataDir: settings.AGL_DATA_DIR });
  } finally {
    await close();
  }
}

function scopeOf(values: Given['values']): Scope {
  const { game, client, 'all-games': all } = values as Record<string, string | undefined>;
  if ([game, client, all].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('insight: say whose players: one of --game ID, --client ID, --all-games', 2);
  const from = timeOf('from', values.from);
  const to = timeOf('to', values.to);
  if (from !== undefined && to !== undefined && from >= to)
    throw new UsageError('insight: --from is to be before --to', 2);
  return {
    ...(game !== undefined && { gameId: game }),
    ...(client !== undefined && { clientId: client }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** Without a zone it is UTC, wherever it is asked. */
function timeOf(name: string, given: unknown): number | undefined {
  if (given === undefined) return undefined;
  const text = String(given);
  const zoned = /T.*(Z|[+-]\d\d:?\d\d)$|^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text}Z`;
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(`insight: --${name} is a time such as 2026-01-31T18:00:00Z, not ${text}`, 2);
  return time;
}

function limitsOf(values: Given['values']): Limits {
  const number = (name: string, without: number, [least, most]: [number, number]) => {
    const given = values[name] === undefined ? without : Number(values[name]);
    if (Number.isInteger(given) && given >= least && given <= most) return given;
    throw new UsageError(`insight: --${name} is a whole number from ${least} to ${most}`, 2);
  };
  return {
    parallel: number('parallel', Math.min(availableParallelism(), SHARES_MAX), [1, SHARES_MAX]),
    memoryMiB: number('memory', 512, [64, 1_048_576]),
    timeoutS: number('timeout', 300, [1, 604_800]),
  };
}

/** An empty answer about a game that there is not would be taken for one. */
async function exists(log: EventLog, scope: Scope): Promise<void> {
  const named: [string, string | undefined, string][] = [
    ['game', scope.gameId, streamOf.game(gameId(scope.gameId ?? ''))],
    ['client', scope.clientId, streamOf.client(clientId(scope.clientId ?? ''))],
  ];
  for (const [kind, id, stream] of named) {
    if (id === undefined) continue;
    let found = false;
    for await (const _ of log.readStream(stream, { max: 1 })) found = true;
    if (!found) throw new UsageError(`insight: there is no ${kind} ${id}`);
  }
}

type Where = { out: string | undefined; json: boolean };

async function put({ rows, players, events, unreadable }: Answer, where: Where): Promise<void> {
  await putRows(rows, where, { players, events });
  if (unreadable > 0)
    process.stderr.write(`agl: insight: ${unreadable} events could not be read and were passed over\n`);
}

async function putRows(
  rows: Row[],
  { out, json }: Where,
  from: { players?: number; events?: number } = {},
): Promise<void> {
  const whence = from.players === undefined ? '' : ` from ${from.players} players, ${from.events} events`;
  const about = `${rows.length} rows${whence}`;
  if (out !== undefined) {
    await writeTable(out, { columns: columnsOf(rows), rows });
    process.stdout.write(
      json ? `${JSON.stringify({ out, rows: rows.length, ...from })}\n` : `${out}: ${about}\n`,
    );
  } else
    process.stdout.write(
      json ? `${JSON.stringify(rows, null, 2)}\n` : `${[...listed(rows), about].join('\n')}\n`,
    );
}

const SHOWN_MAX = 200;

function listed(rows: Row[]): string[] {
  if (rows.length === 0) return [];
  const head = columnsOf(rows);
  const cell = (value: Row[string] | undefined) => harmless(String(value ?? ''));
  const shown = rows.slice(0, SHOWN_MAX).map((row) => head.map((column) => cell(row[column])));
  const more = rows.length > SHOWN_MAX ? [`the first ${SHOWN_MAX}; --out FILE or --json gives all`] : [];
  return [...columns(head.map(harmless), shown), ...more];
}
