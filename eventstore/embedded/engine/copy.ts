import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { storageError } from './store.js';
import { checkFile, openTrees } from './trees.js';
import { EngineError } from './types.js';

/**
 * Copies a log as it is at this moment into a new file, without its free pages. An engine may serve it meanwhile:
 * the pages of this moment are not written again while a reader holds on to them, so the log grows instead.
 * @throws EngineError
 */
export async function copyLog(path: string, to: string): Promise<void> {
  const what = `the log in ${dirname(path)}`;
  if (!statSync(path, { throwIfNoEntry: false })?.size) {
    throw new EngineError('invalid_argument', `there is no log in ${dirname(path)}`);
  }
  checkFile(path, what);
  try {
    const { root } = openTrees(path, { what, readOnly: true });
    await root.backup(to, true);
    await root.close();
  } catch (error) {
    throw storageError(error, dirname(to));
  }
}
