import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionOf } from '../../projections/emotion-model/model-file.js';
import { folderOf } from '../../projections/emotion-model/models.js';
import { cardOf } from './card.js';
import type { TrainedModel } from './train-worker.js';

/** Where a model is kept, with its card beside it. */
export function keepModel(trained: TrainedModel, path: string): void {
  writeFileSync(path, `${JSON.stringify(trained.file)}\n`);
  writeFileSync(path.replace(/\.json$/, '.md'), cardOf(trained));
}

export function pathFor(dataDir: string, { file }: TrainedModel): string {
  mkdirSync(folderOf(dataDir), { recursive: true });
  return join(folderOf(dataDir), `${versionOf(file)}.json`);
}
