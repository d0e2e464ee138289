import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from './engine.js';
import { createLogger, logWarnings } from './logger.js';
import { readSettings, UsageError } from './settings.js';
import { untilTold } from './until-told.js';
import type { Verb } from './verbs.js';

/** Whoever started the engine waits no longer, and kills it. */
const STOP_WITHIN_MS = 25_000;

export const start: Verb = {
  help: `
  agl start

Settings come from the environment (PORT, HOST, AGL_DATA_DIR, EVENTSTORE_URL, DATABASE_URL, …; see README.md).
Prints \`ready http://HOST:PORT\` once it serves. Logs are JSON lines on stderr.
`,
  options: {},
  async run({ files }) {
    if (files.length > 0) throw new UsageError(`start: ${files[0]} is not expected here`, 2);
    const settings = readSettings(process.env);
    const logger = createLogger(settings.LOG_LEVEL);
    logWarnings(logger);
    const stopped = untilTold();
    const engine = await startEngine(settings, logger);
    if (engine.secrets.newAdminKey) {
      process.stdout.write(`admin key (shown once) ${engine.secrets.newAdminKey}\n`);
    }
    process.stdout.write(`ready ${engine.url}\n`);
    await stopped;
    await within(settings.AGL_DRAIN_MS + STOP_WITHIN_MS, engine.stop(), () =>
      logger.warn('what hangs is left: it is no part of what was acknowledged'),
    );
    return 0;
  },
};

async function within(ms: number, done: Promise<void>, late: () => void): Promise<void> {
  const ended = new AbortController();
  const timer = sleep(ms, undefined, { signal: ended.signal }).then(late, () => undefined);
  await Promise.race([done, timer]);
  ended.abort();
}
