import { EVENT_ID, REVISION, revisionKey, TOMBSTONE } from './keys.js';
import type { Tree } from './trees.js';
import { EngineError } from './types.js';

/** A stream's newest event, found where its index ends: an end that does not look as it must is not believed. */
export function headIn(
  index: Tree,
  streamNo: number,
  floor: number,
): { revision: number; tombstoned: boolean } {
  const revisions: number[] = [];
  for (const key of index.getKeys({ start: revisionKey(streamNo, TOMBSTONE), reverse: true, limit: 3 })) {
    if (key.readUInt32BE(0) !== streamNo || key[4] !== REVISION) break;
    revisions.push(key.readUIntBE(5, 6));
  }
  const tombstoned = revisions[0] === TOMBSTONE;
  const [newest, before] = tombstoned ? revisions.slice(1) : revisions;
  const isSound =
    newest === undefined
      ? (tombstoned || floor > 0) && !index.doesExist(revisionKey(streamNo, floor))
      : before === (newest === floor ? undefined : newest - 1);
  if (isSound && (newest === undefined || idsFollow(index, streamNo, revisions[0]!))) {
    return { revision: newest ?? floor - 1, tombstoned };
  }
  throw new EngineError(
    'corrupt',
    `the log is damaged: the index of stream ${streamNo} does not end as it must`,
  );
}

/** After a stream's last revision come the ids of its events: else something is between, or was lost. */
function idsFollow(index: Tree, streamNo: number, last: number): boolean {
  for (const key of index.getKeys({ start: revisionKey(streamNo, last), limit: 2 })) {
    if (key.readUInt32BE(0) !== streamNo) return false;
    if (key[4] === EVENT_ID) return true;
  }
  return false;
}
