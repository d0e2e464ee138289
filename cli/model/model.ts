import { changeGame } from '../../commands/games/handlers.js';
import { HotStreams } from '../../commands/hot-streams.js';
import { asOperator } from '../../domain/access/reached.js';
import { game as gameDecider } from '../../domain/game/game.js';
import { gameId, streamOf } from '../../domain/kernel/ids.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { type KnownModel, knownModels } from '../../projections/emotion-model/models.js';
import { openLogAlone } from '../log-alone.js';
import { createLogger } from '../logger.js';
import { type Running, runningEngine } from '../running-engine.js';
import { readSettings, type Settings, UsageError } from '../settings.js';
import { columns } from '../terminal/index.js';
import type { Given, Verb } from '../verbs.js';
import { compareModels } from './compare.js';

export const model: Verb = {
  help: `
  agl model list
  agl model use VERSION|none --game ID
  agl model compare VERSION VERSION --data FOLDER

  list      the shipped model and those of the data folder
  use       what a game asks where no rule is sure, from its next event on; none: the rules alone.
            An engine knows the models that were in its data folder when it started
  compare   two of them on the same recordings
  --json    the same as JSON
`,
  options: { game: { type: 'string' }, data: { type: 'string' } },
  run,
};

async function run({ values, files: [what, ...versions] }: Given): Promise<number> {
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const known = knownModels(settings.AGL_DATA_DIR);
  const json = values.json === true;
  if (what === 'list' && versions.length === 0) list(known, json);
  else if (what === 'use' && versions.length === 1)
    await use(settings, known, { version: versions[0]!, values });
  else if (what === 'compare' && versions.length === 2)
    await compare(known, versions, { data: values.data, json });
  else
    throw new UsageError('model: list, use VERSION --game ID, or compare VERSION VERSION --data FOLDER', 2);
  return 0;
}

function list(known: readonly KnownModel[], json: boolean): void {
  const rows = known.map((one) => ({
    version: one.version,
    shipped: one.shipped,
    path: one.path,
    ...('file' in one
      ? { axes: Object.keys(one.file.heads), trainedWith: one.file.trainedWith }
      : { trouble: one.trouble }),
  }));
  if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else {
    const lines = rows.map((row) => [
      row.version + (row.shipped ? ' (shipped)' : ''),
      'trouble' in row ? `cannot be used: ${row.trouble}` : row.axes.join(', '),
      row.path,
    ]);
    process.stdout.write(`${columns(['model', 'moves', 'file'], lines).join('\n')}\n`);
  }
}

function usable(known: readonly KnownModel[], version: string) {
  const found = known.find((one) => one.version === version);
  if (!found) throw new UsageError(`model: there is no model ${version}: see agl model list`);
  if ('trouble' in found) throw new UsageError(`model: ${version}: ${found.trouble}`);
  return found;
}

type Use = { version: string; values: Given['values'] };

async function use(
  settings: Settings,
  known: readonly KnownModel[],
  { version, values }: Use,
): Promise<void> {
  const id = values.game;
  if (typeof id !== 'string') throw new UsageError('model: which game: --game ID', 2);
  const own = version !== 'none' && !usable(known, version).shipped;
  const { log, close } = await openLogAlone(settings, createLogger(settings.LOG_LEVEL));
  try {
    const games = new HotStreams(log, gameDecider, { expect: 'exact' });
    const { exists, clientId, config } = await games.state(streamOf.game(gameId(id)));
    if (!exists) throw new UsageError(`model: there is no game ${id}`);
    const emotion = { ...(config.emotion as object | undefined), model: version };
    const side = { games, now: () => new Date() };
    const command = { type: 'ConfigureGame', config: { ...config, emotion } } as const;
    const done = await changeGame(side, asOperator.game({ id, clientId }), command);
    if (done instanceof Rejection) throw new UsageError(`model: ${done.message}`);
    process.stdout.write(`${id} asks ${version} from its next event on\n`);
    if (own) process.stdout.write(`${restartFor(version, runningEngine(settings))}\n`);
  } finally {
    await close();
  }
}

/** Read models feel all of history by one and the same model: an engine takes in none while it runs. */
const restartFor = (version: string, running: Running | null) =>
  running === null
    ? `an engine that started before ${version} was in its data folder has to be restarted: until then it feels by the rules alone`
    : `the engine that runs here (process ${running.pid}) has to be restarted if it started before ${version} was there: until then it feels by the rules alone`;

type Compare = { data: unknown; json: boolean };

async function compare(
  known: readonly KnownModel[],
  versions: string[],
  { data, json }: Compare,
): Promise<void> {
  if (typeof data !== 'string') throw new UsageError('model: on which recordings: --data FOLDER', 2);
  const rows = await compareModels(
    versions.map((version) => usable(known, version).file),
    data,
  );
  if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else {
    const lines = rows.map((row) => [
      row.version,
      ...[row.rank, row.concordance, row.direction].map((one) => one.toFixed(3)),
    ]);
    process.stdout.write(
      `${columns(['model', 'rank correlation', 'concordance', 'direction'], lines).join('\n')}\n`,
    );
  }
}
