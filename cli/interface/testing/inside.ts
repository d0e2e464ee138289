import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { putCluster } from '../../../projections/testing/cluster.js';
import { type Engine, startEngine } from '../../engine.js';
import { temporaryFolder } from '../../faults/testing/processes.js';
import { createLogger, logWarnings } from '../../logger.js';
import { readSettings } from '../../settings.js';

/** A whole engine in this very process: what it stands on can be made to fail. */
export async function openInside(env: Record<string, string>): Promise<Engine> {
  const dir = temporaryFolder();
  await putCluster(join(dir, 'postgres'));
  const settings = readSettings({ AGL_DATA_DIR: dir, PORT: '0', ...env });
  const logger = createLogger('silent');
  logWarnings(logger);
  const engine = await startEngine(settings, logger);
  return {
    ...engine,
    async stop() {
      await engine.stop();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Meanwhile whoever asks the log hears this instead. */
export async function whileLog<T>(
  { stores, side }: Pick<Engine, 'stores' | 'side'>,
  fails: Error,
  work: () => Promise<T>,
): Promise<T> {
  const fail = async () => {
    throw fails;
  };
  // biome-ignore lint/correctness/useYield: it never gets so far
  const readStream = async function* () {
    throw fails;
  };
  // Who writes has it with a clock around it.
  const logs = [stores.log, side.log].map((log) => ({ log, usual: { ...log } }));
  for (const { log } of logs) Object.assign(log, { append: fail, head: fail, readStream });
  try {
    return await work();
  } finally {
    for (const { log, usual } of logs) Object.assign(log, usual);
  }
}
