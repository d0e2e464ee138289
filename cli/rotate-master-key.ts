import { type Rewrapped, rewrapPersonKeys } from '../commands/person-keys/rewrap.pg.js';
import { openPool, type Pool } from '../projections/database.js';
import { rewrapKeptKeys } from './kept-keys.js';
import { createLogger } from './logger.js';
import { endRotation, keysToRotate, openMasterKeys } from './master-keys.js';
import { runningEngine } from './running-engine.js';
import { keptKeys, keysForPersonsOf } from './secrets.js';
import { readSettings, type Settings, UsageError } from './settings.js';
import { openStoresAlone } from './stores-alone.js';
import type { Verb } from './verbs.js';

export const rotateMasterKey: Verb = {
  help: `
  agl rotate-master-key

  --json   what was done, as JSON

With the master key in the data folder: makes a new one, which takes the place of the old one. No engine may run on the
folder meanwhile.

With AGL_MASTER_KEY, without a moment in which nothing works:
  1. every instance, one after the other: AGL_MASTER_KEY=old, AGL_MASTER_KEY_PREVIOUS=new (each opens with both)
  2. every instance, one after the other: AGL_MASTER_KEY=new, AGL_MASTER_KEY_PREVIOUS=old
  3. agl rotate-master-key, with the settings of step 2, anywhere
  4. every instance, one after the other: AGL_MASTER_KEY=new alone; the old key opens nothing any more
One instance alone begins with step 2.

Whatever interrupts it, the same command goes on.
`,
  options: {},
  async run({ values, files }) {
    if (files.length > 0) throw new UsageError(`rotate-master-key: takes no ${files[0]}`, 2);
    const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
    refuseInVain(settings);
    const logger = createLogger(settings.LOG_LEVEL);
    const stores = await openStoresAlone(settings, logger);
    const pool = openPool({ url: stores.urls.database, logger, max: 2 });
    try {
      const done = await rotate(settings, pool);
      process.stdout.write(values.json ? `${JSON.stringify(done)}\n` : told(done));
      return done.stuck > 0 ? 1 : 0;
    } finally {
      await pool.end();
      await stores.close();
    }
  },
};

function refuseInVain(settings: Settings): void {
  if (settings.AGL_MASTER_KEY && !settings.AGL_MASTER_KEY_PREVIOUS)
    throw new UsageError('AGL_MASTER_KEY_PREVIOUS: must be the key by which all is wrapped until now', 2);
  const running = settings.AGL_MASTER_KEY ? null : runningEngine(settings);
  if (running)
    throw new UsageError(
      `the engine on ${settings.AGL_DATA_DIR} (process ${running.pid}) must be stopped first`,
    );
}

async function rotate(settings: Settings, pool: Pool): Promise<Rewrapped> {
  const { AGL_DATA_DIR: dir, AGL_MASTER_KEY: given } = settings;
  // In a folder, the wrong key must be found to be wrong before there is a second one.
  await keptKeys(settings, pool, openMasterKeys(settings));
  const masters = given ? openMasterKeys(settings) : keysToRotate(dir);
  const all = await pool.query<{ count: string }>(
    'select count(*) from person_keys where wrapped is not null',
  );
  const done = await rewrapPersonKeys(pool, keysForPersonsOf(masters), progress(Number(all.rows[0]!.count)));
  if (done.stuck > 0) return done;
  await rewrapKeptKeys(pool, masters);
  if (!given) endRotation(dir);
  return done;
}

/** At once, then every second: on stderr, for stdout is what was done. */
function progress(total: number): (done: number) => void {
  let next = 0;
  return (done) => {
    if (performance.now() < next) return;
    next = performance.now() + 1_000;
    process.stderr.write(`${done} of ${total} keys of persons\n`);
  };
}

const told = ({ keys, changed, stuck }: Rewrapped): string =>
  stuck > 0
    ? `${stuck} of ${keys} keys of persons open with neither master key: both are still needed, nothing is lost\n`
    : `the new master key wraps all: ${keys} keys of persons, ${changed} of them changed over now\n`;
