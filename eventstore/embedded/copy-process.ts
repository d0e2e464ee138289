/**
 * Copies or verifies a log in a process of its own, forked with an IPC channel: `copy-process.js copy FROM TO`,
 * `copy-process.js verify FILE NAME`. lmdb may end a process that looks at a damaged page; this one may end.
 */
import { copyLog } from './engine/copy.js';
import { type Verified, verifyLog } from './engine/verify.js';

export type FromCopy = { share: number } | { done: Verified | undefined } | { failed: string };

const [mode, file = '', other = ''] = process.argv.slice(2);

const tell = (message: FromCopy, then: () => void = () => {}) => {
  if (process.connected) process.send!(message, then);
  else then();
};

// lmdb prints, with its stack, what it also throws.
console.error = () => {};
process.on('disconnect', () => process.exit(1));

const work =
  mode === 'copy'
    ? copyLog(file, other).then(() => undefined)
    : verifyLog(file, { what: other, tell: (share) => tell({ share }) });

work.then(
  (done) => tell({ done }, () => process.exit(0)),
  (error: Error) => tell({ failed: error.message.split('\n')[0]! }, () => process.exit(1)),
);
