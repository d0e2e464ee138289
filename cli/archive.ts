import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { archiveMonths, type Step } from '../projections/archive/archive.js';
import { ArchiveError } from '../projections/archive/manifest.js';
import { archivedMonths } from '../projections/archive/months.js';
import { restoreMonths } from '../projections/archive/restore.js';
import { projections } from '../projections/index.js';
import { type DatabaseAlone, openDatabaseAlone } from './database-alone.js';
import { createLogger } from './logger.js';
import { readSettings, type Settings, UsageError } from './settings.js';
import { columns, progress } from './terminal/index.js';
import type { Given, Verb } from './verbs.js';

export const archive: Verb = {
  help: `
  agl archive --before 2026-01 [--dir DIR]
  agl archive --list
  agl archive --restore 2025-11|--restore-all [--dir DIR]

  --before M    writes game events, emotions, companion acts and lines of the months before it into files, verifies them,
                and takes them out of the database; months are of the game's time, in UTC
  --dir DIR     where the files are (default: archive/ in AGL_DATA_DIR; to restore: where they were written)
  --list        the months that are in the archive
  --restore M   puts the rows of a month back, beside those that came since; the files stay
  --restore-all those of all months
  --json        as JSON

Works beside a running engine on the same data folder, and without one. What comes late for a month that is archived
is written as ever, and a rebuild leaves what is in the archive there.
`,
  options: {
    before: { type: 'string' },
    dir: { type: 'string' },
    list: { type: 'boolean' },
    restore: { type: 'string' },
    'restore-all': { type: 'boolean' },
  },
  run,
};

type Work = (
  pool: DatabaseAlone['pool'],
  settings: Settings,
  onProgress: (step: Step) => void,
) => Promise<Answer>;
/** As JSON, and for people. */
type Answer = { json: unknown; text: string };

async function run({ values, files }: Given): Promise<number> {
  if (files.length > 0) throw new UsageError(`archive: takes no ${files[0]}`, 2);
  const work = workOf(values);
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const { pool, close } = await openDatabaseAlone(settings, createLogger(settings.LOG_LEVEL));
  const bar = progress(1, 'archive', process.stderr);
  const onProgress = ({ table, month, done, of }: Step) => bar.update(done / of, `${month} ${table}`);
  try {
    const { json, text } = await work(pool, settings, onProgress);
    bar.stop();
    process.stdout.write(values.json ? `${JSON.stringify(json, null, 2)}\n` : `${text}\n`);
    return 0;
  } catch (error) {
    if (error instanceof ArchiveError) throw new UsageError(`archive: ${error.message}`);
    throw error;
  } finally {
    bar.stop();
    await close();
  }
}

function workOf({ before, dir, list, restore, 'restore-all': all }: Given['values']): Work {
  const asked = [before, list, restore, all].filter((one) => one !== undefined);
  if (asked.length !== 1)
    throw new UsageError('archive: say one of --before MONTH, --list, --restore MONTH, --restore-all', 2);
  if (dir === '') throw new UsageError('archive: --dir is the name of a folder', 2);
  const folder = dir === undefined ? undefined : resolve(String(dir));
  if (before !== undefined) return archiving(pastMonth('before', before), folder);
  if (list) return listing;
  return restoring(restore === undefined ? undefined : monthOf('restore', restore), folder);
}

function monthOf(name: string, given: unknown): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(String(given))) return String(given);
  throw new UsageError(`archive: --${name} is a month such as 2026-01, not ${given}`, 2);
}

/** The month that goes on is never archived. */
function pastMonth(name: string, given: unknown): string {
  const month = monthOf(name, given);
  const now = new Date().toISOString().slice(0, 7);
  if (month > now) throw new UsageError(`archive: --${name} is at most ${now}, the month that goes on`, 2);
  return month;
}

const archiving =
  (before: string, dir: string | undefined): Work =>
  async (pool, settings, onProgress) => {
    const to = dir ?? join(settings.AGL_DATA_DIR, 'archive');
    const files = await archiveMonths(pool, projections, { before, dir: to, onProgress });
    const cells = files.map(({ month, table, rows, bytes, file }) => [
      ...[month, table, String(rows), String(bytes), file],
    ]);
    const text =
      files.length === 0
        ? `nothing is there of before ${before}`
        : [...columns(['month', 'table', 'rows', 'bytes', 'file'], cells), `in ${to}`].join('\n');
    return { json: { dir: to, files }, text };
  };

const listing: Work = async (pool) => {
  const months = (await archivedMonths(pool)).map((one) => ({ ...one, there: existsSync(one.file) }));
  const cells = months.map(({ month, table, rows, archivedAt, file, there }) => [
    ...[month, table, String(rows), archivedAt, there ? file : `${file} (is not there)`],
  ]);
  const text =
    months.length === 0
      ? 'nothing is archived'
      : columns(['month', 'table', 'rows', 'archived at', 'file'], cells).join('\n');
  return { json: months, text };
};

const restoring =
  (month: string | undefined, dir: string | undefined): Work =>
  async (pool, _, onProgress) => {
    const where = { ...(month !== undefined && { month }), ...(dir !== undefined && { dir }) };
    const restored = await restoreMonths(pool, projections, { ...where, onProgress });
    const cells = restored.map((one) => [one.month, one.table, String(one.rows)]);
    const text =
      restored.length === 0 ? 'nothing is archived' : columns(['month', 'table', 'rows'], cells).join('\n');
    return { json: restored, text };
  };
