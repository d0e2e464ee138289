import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { changeOf } from './ahead.js';
import { lastIn } from './reading.js';
import { logId } from './state.js';
import { storageError } from './store.js';
import { apply, checkFile, openTrees } from './trees.js';
import { EngineError } from './types.js';
import { framesAfter, framesIn, readWal, WAL_FILE } from './wal.js';

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
    // Before the trees: what leaves the file later is in the trees by then.
    const ahead = readTwice(join(dirname(path), WAL_FILE));
    const { root } = openTrees(path, { what, readOnly: true });
    await root.backup(to, true);
    await root.close();
    await addAhead(to, ahead);
  } catch (error) {
    throw storageError(error, dirname(to));
  }
}

type Twice = { once: Buffer; again: Buffer };

const readTwice = (path: string): Twice => ({ once: readWal(path), again: readWal(path) });

/**
 * The frames that the copied trees do not have. While the file is written, of two frames only the later may have been
 * read: so those of a second reading that were not begun after the first one.
 */
async function addAhead(file: string, { once, again }: Twice): Promise<void> {
  if (once.length === 0) return;
  const trees = openTrees(file, { what: 'the copy' });
  try {
    const id = logId(trees);
    if (id === undefined) return;
    const last = framesIn(once, id).at(-1)?.position ?? 0;
    const known = framesIn(again, id).filter(({ position }) => position <= last);
    const frames = framesAfter(known, lastIn(trees));
    if (frames.length === 0) return;
    trees.root.transactionSync(() => apply(frames.flatMap((frame) => changeOf(trees, frame))));
  } finally {
    await trees.root.close();
  }
}
