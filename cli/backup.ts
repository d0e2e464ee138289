import { join } from 'node:path';
import { backupLog, type Copied, type OnProgress, restoreLog } from '../eventstore/embedded/backup.js';
import { readSettings, UsageError } from './settings.js';
import { progress } from './terminal/index.js';
import type { Given, Verb } from './verbs.js';

export const backup: Verb = {
  help: `
  agl backup DIR|FILE

  --json       what was copied, as JSON

Into a DIR the copy is written under a name by the time; a FILE must not be there yet. Every checksum of the copy
is verified before it gets its name. Not in it: the master key (AGL_MASTER_KEY or AGL_DATA_DIR/master.key) and
Postgres, which holds the keys of persons; without both, names and words in the log stay unreadable.
`,
  options: {},
  run: async ({ values, files }) => {
    const [to] = one('backup', 'DIR or FILE', files);
    return copy('backup', values, (dir, tell) => backupLog(dir, to, tell));
  },
};

export const restore: Verb = {
  help: `
  agl restore FILE

  --json       what was restored, as JSON

The data folder is AGL_DATA_DIR. A log that is there is never overwritten; a backup that is damaged, or was written
by a newer version, is refused, and nothing is left half done.
`,
  options: {},
  run: async ({ values, files }) => {
    const [from] = one('restore', 'FILE', files);
    return copy('restore', values, (dir, tell) => restoreLog(from, dir, tell));
  },
};

function one(verb: string, what: string, files: string[]): [string] {
  if (files.length === 1 && files[0] !== '') return [files[0]!];
  throw new UsageError(`${verb}: name one ${what}`, 2);
}

type Copying = (dir: string, tell: OnProgress) => Promise<Copied>;

async function copy(verb: 'backup' | 'restore', values: Given['values'], copying: Copying): Promise<number> {
  const settings = readSettings(process.env);
  if (settings.EVENTSTORE_URL) {
    throw new UsageError(
      `${verb}: EVENTSTORE_URL is set: a real event store is backed up and restored by its own means`,
    );
  }
  const bar = progress(200, verb, process.stderr);
  try {
    const copied = await copying(join(settings.AGL_DATA_DIR, 'log'), (share, step) =>
      bar.update(step === 'copying' ? share * 100 : 100 + share * 100, step),
    );
    bar.stop();
    process.stdout.write(values.json ? `${JSON.stringify(copied, null, 2)}\n` : `${told(copied)}\n`);
    return 0;
  } catch (error) {
    bar.stop();
    throw new UsageError(`${verb}: ${(error as Error).message}`);
  }
}

const told = ({ file, events, lastPosition, bytes, seconds }: Copied) =>
  `${events} events, the last position is ${lastPosition}; ${bytes} bytes in ${seconds.toFixed(2)} s: ${file}`;
