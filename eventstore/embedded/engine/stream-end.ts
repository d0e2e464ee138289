import { checkedValue } from './gaps.js';
import { EVENT_ID, endKey, REVISION, revisionKey, TOMBSTONE } from './keys.js';
import type { Tree } from './trees.js';
import { EngineError } from './types.js';

/** `tombstoned` when the newest events, which are not in the index yet, say so. */
type End = { floor: number; isOld: boolean; tombstoned: boolean };

/** The newest event that the index has of a stream: an end that does not look as it must is not believed. */
export function headIn(index: Tree, streamNo: number, end: End): { revision: number; tombstoned: boolean } {
  const key = endKey(streamNo);
  const written = index.getBinary(key);
  const tombstoned = end.tombstoned || index.doesExist(revisionKey(streamNo, TOMBSTONE));
  if (written === undefined) {
    if (end.isOld) return oldHeadIn(index, streamNo, end);
    if (!tombstoned) throw unsound(streamNo);
    return { revision: -1, tombstoned };
  }
  const revision = checkedValue(key, written) - 1;
  const isThere = revision < end.floor || index.doesExist(revisionKey(streamNo, revision));
  if (revision >= end.floor - 1 && isThere) return { revision, tombstoned };
  throw unsound(streamNo);
}

/** In a log that began in format 1 or 2, where a stream ends with the ids of its events. */
function oldHeadIn(index: Tree, streamNo: number, { floor, tombstoned: isGone }: End) {
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
    return { revision: newest ?? floor - 1, tombstoned: tombstoned || isGone };
  }
  throw unsound(streamNo);
}

const unsound = (streamNo: number) =>
  new EngineError('corrupt', `the log is damaged: the index of stream ${streamNo} does not end as it must`);

/** After a stream's last revision come the ids of its events: else something is between, or was lost. */
function idsFollow(index: Tree, streamNo: number, last: number): boolean {
  for (const key of index.getKeys({ start: revisionKey(streamNo, last), limit: 2 })) {
    if (key.readUInt32BE(0) !== streamNo) return false;
    if (key[4] === EVENT_ID) return true;
  }
  return false;
}
