import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cardOf } from './card.js';
import { type LoadedModel, loadModel, type ModelFile, readModelFile, versionOf } from './model-file.js';
import type { TrainedModel } from './train-worker.js';

/** Of every engine: what it asks where a game names no model. In the sources, for what is built holds programs alone. */
export const shippedFile = fileURLToPath(new URL('../../../cli/model/shipped/base.json', import.meta.url));

const folderOf = (dataDir: string) => join(dataDir, 'models');

export type KnownModel = { version: string; path: string; shipped: boolean } & (
  | { file: ModelFile }
  /** Why it cannot be used. */
  | { trouble: string }
);

/** The shipped one first, then those of the data folder. */
export function knownModels(dataDir: string): KnownModel[] {
  const folder = folderOf(dataDir);
  const own = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : [];
  return [
    ...(existsSync(shippedFile) ? [known(shippedFile, true)] : []),
    ...own.map((name) => known(join(folder, name), false)),
  ];
}

function known(path: string, shipped: boolean): KnownModel {
  try {
    const file = readModelFile(readFileSync(path, 'utf8'));
    return { version: versionOf(file), path, shipped, file };
  } catch (error) {
    return { version: '?', path, shipped, trouble: (error as Error).message };
  }
}

export type Models = { models: LoadedModel[]; shipped: string | null };

/** All that can be used; of each that cannot it is said why, once, and the rules decide alone. */
export async function loadModels(dataDir: string, warn: (message: string) => void): Promise<Models> {
  const loaded: Models = { models: [], shipped: null };
  for (const one of knownModels(dataDir)) {
    try {
      if ('trouble' in one) throw new Error(one.trouble);
      const model = await loadModel(one.file);
      loaded.models.push(model);
      if (one.shipped) loaded.shipped = model.version;
    } catch (error) {
      warn(`the model of feeling ${one.path} is not used: ${(error as Error).message}`);
    }
  }
  if (loaded.shipped === null) warn('there is no model of feeling: the rules decide alone');
  return loaded;
}

/** Where a model is kept, with its card beside it. */
export function keepModel(trained: TrainedModel, path: string): void {
  writeFileSync(path, `${JSON.stringify(trained.file)}\n`);
  writeFileSync(path.replace(/\.json$/, '.md'), cardOf(trained));
}

export function pathFor(dataDir: string, { file }: TrainedModel): string {
  mkdirSync(folderOf(dataDir), { recursive: true });
  return join(folderOf(dataDir), `${versionOf(file)}.json`);
}
