import { openBook } from '../../domain/emotion/book.js';
import { isDatabaseDown, openPool, whyDown } from '../../projections/database.js';
import { StoreAway } from '../../projections/elsewhere.js';
import { projectionsOf, readModels } from '../../projections/index.js';
import type { Projection } from '../../projections/projection.js';
import { discardNext } from '../../projections/rebuild/discard.js';
import { BeingRebuilt } from '../../projections/rebuild/lock.js';
import type { RebuildProgress, Rebuilt } from '../../projections/rebuild/rebuild.js';
import { dropOld } from '../../projections/rebuild/switch.js';
import { groupsOf, wholeGroups } from '../../projections/together.js';
import { createLogger } from '../logger.js';
import { memorySetup, openMemorySide } from '../memory.js';
import { keysForPersonsIn } from '../secrets.js';
import { readSettings, type Settings, UsageError } from '../settings.js';
import type { Stores } from '../stores.js';
import { openStoresAlone, type StoresAlone } from '../stores-alone.js';
import { progress } from '../terminal/index.js';
import type { Given, Verb } from '../verbs.js';
import { reportOf } from './report.js';
import { rebuildInThread } from './thread.js';

const names = readModels.map(({ name }) => name);

export const rebuildVerb: Verb = {
  help: `
  agl rebuild NAME… | --all

  --all          every read model
  --dry-run      compares and stops there; what was built is kept, and a later rebuild goes on with it
  --parallel N   in N threads, each with a share of the read models and a reading of the log of its own (default 1)
  --discard      gives up what was begun and is not being built right now; builds nothing
  --drop-old     gives up the rows that were read before the last rebuild; builds nothing
  --json         as JSON

Read models: ${names.join(', ')}.

Built anew from the log beside the one that is read, while that goes on; compared with it; switched in one
transaction. Interrupted at any point, the same command goes on from there. An event that cannot be taken ends it, and is
named. Works beside a running engine on the same data folder, and without one.
`,
  options: {
    all: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    discard: { type: 'boolean' },
    'drop-old': { type: 'boolean' },
    parallel: { type: 'string' },
  },
  run,
};

type Wanted = { names: string[]; parallel: number; dryRun: boolean; drop: Drop | null; json: boolean };

/** What is given up instead of building. */
type Drop = 'discard' | 'drop-old';

async function run(given: Given): Promise<number> {
  const wanted = wantedOf(given);
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const stores = await openStoresAlone(settings, createLogger(settings.LOG_LEVEL));
  try {
    if (wanted.drop) await dropAll(wanted, stores, settings);
    else await build(wanted, stores, settings);
    return 0;
  } finally {
    await stores.close();
  }
}

function wantedOf({ values, files }: Given): Wanted {
  if (values.all && files.length > 0) throw new UsageError('rebuild: --all, or names, not both', 2);
  if (!values.all && files.length === 0)
    throw new UsageError(`rebuild: name a read model, or --all: ${names.join(', ')}`, 2);
  const unknown = files.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`rebuild: there is no read model ${unknown}, only ${names.join(', ')}`, 2);
  const parallel = values.parallel === undefined ? 1 : Number(values.parallel);
  if (!Number.isInteger(parallel) || parallel < 1)
    throw new UsageError('rebuild: --parallel is a number from 1', 2);
  return {
    names: values.all ? names : wholeGroups(readModels, files).map(({ name }) => name),
    parallel,
    dryRun: values['dry-run'] === true,
    drop: dropOf(values),
    json: values.json === true,
  };
}

function dropOf(values: Given['values']): Drop | null {
  const given = (['discard', 'drop-old', 'dry-run'] as const).filter((option) => values[option] === true);
  if (given.length > 1) throw new UsageError(`rebuild: --${given.join(' or --')}, not both`, 2);
  return given.find((option): option is Drop => option !== 'dry-run') ?? null;
}

async function dropAll(
  { names, drop, json }: Wanted,
  { urls }: StoresAlone,
  settings: Settings,
): Promise<void> {
  const logger = createLogger(settings.LOG_LEVEL);
  const pool = openPool({ url: urls.database, logger, max: 3 });
  const memory = openMemorySide(memorySetup(settings, null), { pool, reads: pool, logger });
  try {
    const which = projectionsOf(openBook(), { index: memory.index }).filter(({ name }) =>
      names.includes(name),
    );
    const dropped = drop === 'discard' ? await discarded(pool, which) : await droppedOld(pool, which);
    if (json) process.stdout.write(`${JSON.stringify({ dropped })}\n`);
    else
      process.stdout.write(
        `${dropped.length === 0 ? 'there was nothing to drop' : `dropped: ${dropped.join(', ')}`}\n`,
      );
  } finally {
    await memory.close();
    await pool.end();
  }
}

type Pool = Stores['pool'];

async function droppedOld(pool: Pool, which: readonly Projection[]): Promise<string[]> {
  const dropped: string[] = [];
  for (const projection of which) if (await dropOld(pool, projection)) dropped.push(projection.name);
  return dropped;
}

async function discarded(pool: Pool, which: readonly Projection[]): Promise<string[]> {
  const names = await discardNext(pool, which).catch((error) => {
    throw error instanceof BeingRebuilt ? new UsageError(`rebuild: ${error.message}`) : error;
  });
  if (names.length > 0) return names;
  throw new UsageError(`rebuild: nothing is being built of ${which.map(({ name }) => name).join(', ')}`);
}

async function build(wanted: Wanted, { urls }: StoresAlone, settings: Settings): Promise<void> {
  const began = performance.now();
  const { signal } = new AbortController();
  const groups = shares(wanted.names, wanted.parallel);
  const watch = watcher(groups.length);
  const { LOG_LEVEL: logLevel, AGL_DATA_DIR: dataDir } = settings;
  const memory = memorySetup(settings, keysForPersonsIn(settings));
  const job = { urls, dryRun: wanted.dryRun, logLevel, dataDir, memory, yields: false };
  try {
    const rebuilt = await Promise.all(
      groups.map((group, nth) =>
        rebuildInThread({ ...job, names: group }, { signal, onProgress: (told) => watch.update(nth, told) }),
      ),
    );
    watch.stop();
    report(rebuilt.flat(), wanted, (performance.now() - began) / 1000);
  } catch (error) {
    if (!(error instanceof StoreAway || isDatabaseDown(error))) throw error;
    const { message } = error as Error;
    const why = error instanceof StoreAway ? message : `${whyDown(error)}: ${message}`;
    throw new UsageError(`rebuild: ${why}; what was built stays, and the same command goes on`);
  } finally {
    watch.stop();
  }
}

function report(rebuilt: Rebuilt[], { dryRun, json }: Wanted, seconds: number): void {
  if (json) process.stdout.write(`${JSON.stringify({ dryRun, seconds, rebuilt }, null, 2)}\n`);
  else process.stdout.write(`${reportOf(rebuilt, { dryRun, seconds }).join('\n')}\n`);
}

/** In turns, so that no thread gets all the large ones, which stand together in the list. */
function shares(names: readonly string[], parallel: number): string[][] {
  const groups = groupsOf(wholeGroups(readModels, names));
  return Array.from({ length: Math.min(parallel, groups.length) }, (_, nth) =>
    groups.filter((_, at) => at % parallel === nth).flatMap((group) => group.map(({ name }) => name)),
  );
}

/** One bar for all threads: as far as the slowest, with what all of them read a second. */
function watcher(threads: number) {
  const bar = progress(1, 'rebuilding', process.stderr);
  const told: RebuildProgress[] = Array.from({ length: threads }, () => ({
    phase: 'reading',
    done: 0,
    events: 0,
  }));
  const began = performance.now();
  return {
    update(nth: number, progress: RebuildProgress) {
      told[nth] = progress;
      const reading = told.flatMap((one) => (one.phase === 'reading' ? [one] : []));
      if (reading.length === 0 && progress.phase !== 'reading')
        return bar.update(1, `${progress.phase} ${progress.name}`);
      const done = Math.min(...reading.map((one) => one.done));
      const seconds = (performance.now() - began) / 1000;
      const perSecond = reading.reduce((sum, one) => sum + one.events, 0) / seconds;
      const left = done === 0 ? '' : `, ${Math.ceil((seconds / done) * (1 - done))} s left`;
      bar.update(done, `${Math.round(perSecond)} events/s${left}`);
    },
    stop: bar.stop,
  };
}
