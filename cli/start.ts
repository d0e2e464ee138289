import { startEngine } from './engine.js';
import { createLogger } from './logger.js';
import { readSettings, UsageError } from './settings.js';
import type { Verb } from './verbs.js';

export const start: Verb = {
  help: `
the engine: serves games, people and their questions until it is told to stop

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

/** Resolves at SIGTERM or SIGINT; a second one ends the process at once. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (told) process.exit(1);
        told = true;
        resolve();
      });
    }
  });
}
