import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Book, openBook } from '../../domain/emotion/book.js';
import { hash64 } from '../../domain/kernel/hash64.js';
import {
  type LoadedModel,
  loadModel,
  type ModelFile,
  readModelFile,
  UnusableModel,
  versionOf,
} from './model-file.js';

/** Of every engine: what it asks where a game names no model. In the sources, for what is built holds programs alone. */
export const shippedFile = fileURLToPath(new URL('../../../cli/model/shipped/base.json', import.meta.url));

export const folderOf = (dataDir: string) => join(dataDir, 'models');

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
    const version = (error instanceof UnusableModel && error.version) || '?';
    return { version, path, shipped, trouble: (error as Error).message };
  }
}

/** Those that can be read, to be loaded elsewhere: plain. */
export type ModelFiles = { files: ModelFile[]; shipped: string | null };

/** All that can be read; of each that cannot it is said why, and the rules decide alone. */
export function modelFiles(dataDir: string, warn: (message: string) => void): ModelFiles {
  const files: ModelFile[] = [];
  let shipped: string | null = null;
  for (const one of knownModels(dataDir)) {
    if ('trouble' in one) warn(`the model of feeling ${one.path} is not used: ${one.trouble}`);
    else {
      files.push(one.file);
      if (one.shipped) shipped = one.version;
    }
  }
  if (shipped === null) warn('there is no model of feeling: the rules decide alone');
  return { files, shipped };
}

/** A game may ask any of them: one more, and what was felt by the rules alone is felt another way. */
const markOf = ({ files, shipped }: ModelFiles): string =>
  hash64(JSON.stringify([shipped, files.map(versionOf).sort()]));

/** As `bookOf`, for who asks only who would decide: nothing is loaded, and the rules decide alone. */
export const unreadBookOf = (dataDir: string): Book =>
  openBook({ mark: markOf(modelFiles(dataDir, () => {})) });

/** Who decides what is felt, with these models. One that cannot be loaded is passed over, and said. */
export async function bookWith(known: ModelFiles, warn: (message: string) => void): Promise<Book> {
  const { files, shipped } = known;
  const models: LoadedModel[] = [];
  for (const file of files) {
    try {
      models.push(await loadModel(file));
    } catch (error) {
      warn(`the model of feeling ${versionOf(file)} is not used: ${(error as Error).message}`);
    }
  }
  const onMissing = (version: string) =>
    warn(
      `a game asks the model of feeling ${version}, which is not here (or was not when this process started): its rules decide alone`,
    );
  return openBook({ models, model: shipped, mark: markOf(known), onMissing });
}

/** Who decides what is felt in this process. */
export const bookOf = (dataDir: string, warn: (message: string) => void): Promise<Book> =>
  bookWith(modelFiles(dataDir, warn), warn);
