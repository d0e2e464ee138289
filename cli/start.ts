import { startEngine } from './engine.js';
import { createLogger } from './logger.js';
import { readSettings, UsageError } from './settings.js';
import { untilTold } from './until-told.js';
import type { Verb } from './verbs.js';

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
    const stopped = untilTold();
    const engine = await startEngine(settings, logger);
    if (engine.secrets.newAdminKey) {
      process.stdout.write(`admin key (shown once) ${engine.secrets.newAdminKey}\n`);
    }
    process.stdout.write(`ready ${engine.url}\n`);
    await stopped;
    await engine.stop();
    return 0;
  },
};
