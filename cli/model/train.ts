import { Worker } from 'node:worker_threads';
import { versionOf } from '../../projections/emotion-model/model-file.js';
import { openLogAlone } from '../log-alone.js';
import { createLogger } from '../logger.js';
import { readSettings, UsageError } from '../settings.js';
import { columns, progress } from '../terminal/index.js';
import type { Given, Verb } from '../verbs.js';
import { keepModel, pathFor } from './keep.js';
import { labelledLog } from './labelled-log.js';
import type { FromTraining, TrainedModel, TrainingJob } from './train-worker.js';

export const train: Verb = {
  help: `
  agl train --data FOLDER [--out FILE.json]
  agl train --from log [--game ID] [--out FILE.json]

  --data FOLDER  recordings whose players said how they felt (again/heist_3000ms.csv)
  --from log     a studio's own history: what players said they felt in their feedback ("felt")
  --game ID      of this game alone
  --out FILE     where the model goes, its card beside it (default: models/ in the data folder)
  --json         what came out as JSON

What is learned is asked only where no rule is sure. The same input gives the same model, byte for byte; the card says
how good it is on players that it had not seen. An engine that runs has to be restarted to know it; then
\`agl model use VERSION --game ID\` puts it to use.
`,
  options: {
    data: { type: 'string' },
    from: { type: 'string' },
    game: { type: 'string' },
    out: { type: 'string' },
  },
  run,
};

async function run({ values, files }: Given): Promise<number> {
  const { data, from, game, out } = values as Record<string, string | undefined>;
  if (files.length > 0 || (data === undefined) === (from === undefined))
    throw new UsageError('train: say what from: --data FOLDER or --from log', 2);
  if (from !== undefined && from !== 'log') throw new UsageError(`train: --from log, not ${from}`, 2);
  if (out !== undefined && !out.endsWith('.json')) throw new UsageError('train: --out is a .json file', 2);
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const job = data === undefined ? await fromLog(settings, game) : { data };
  const bar = progress(1, 'train', process.stderr);
  const trained = await trainInThread(job, (done) => bar.update(done)).finally(() => bar.stop());
  const path = out ?? pathFor(settings.AGL_DATA_DIR, trained);
  keepModel(trained, path);
  show(trained, { path, json: values.json === true });
  return 0;
}

async function fromLog(settings: ReturnType<typeof readSettings>, game?: string): Promise<TrainingJob> {
  const { log, close } = await openLogAlone(settings, createLogger(settings.LOG_LEVEL));
  try {
    const rows = await labelledLog(log, game);
    return { rows, trainedWith: { data: 'feedback of players', ...(game && { game }) } };
  } finally {
    await close();
  }
}

/** Training takes its time: in a thread of its own, so that the bar, and a signal, are not kept waiting. */
export function trainInThread(job: TrainingJob, onProgress: (done: number) => void): Promise<TrainedModel> {
  const worker = new Worker(new URL('./train-worker.js', import.meta.url), { workerData: job });
  return new Promise((resolve, reject) => {
    worker.on('message', (told: FromTraining) => {
      if ('done' in told) onProgress(told.done);
      else if ('trained' in told) resolve(told.trained);
      else reject(new UsageError(`train: ${told.failed}`));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the training ended without a word')));
  });
}

function show({ file, evaluations }: TrainedModel, { path, json }: { path: string; json: boolean }): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ version: versionOf(file), path, evaluations })}\n`);
    return;
  }
  process.stdout.write(`${versionOf(file)} is in ${path}, its card beside it\n`);
  process.stdout.write(`an engine that runs has to be restarted to know it\n`);
  for (const [axis, { rows, players, byPlayer }] of Object.entries(evaluations)) {
    const lines = byPlayer.map(({ who, balanced, logLoss, rank }) => [
      who,
      ...[balanced, logLoss, rank].map(figure),
    ]);
    process.stdout.write(
      `\n${axis}: ${rows} moments of ${players} players, each judged by what never saw that player\n`,
    );
    process.stdout.write(
      `${columns(['', 'balanced accuracy', 'log loss', 'rank correlation'], lines).join('\n')}\n`,
    );
  }
}

const figure = (value: number | null) => (value === null ? '' : value.toFixed(3));
