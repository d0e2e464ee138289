import { setImmediate as nextTurn } from 'node:timers/promises';
import { addedTo, checkEnds, checkNames, damaged } from './ends.js';
import { checkedValue, gapOf } from './gaps.js';
import { END, EVENT_ID, FLOOR, idKey, REVISION, TOMBSTONE } from './keys.js';
import { type Lru, lru } from './lru.js';
import type { Mover } from './mover.js';
import { guarded, moverOn, type Reading, readingOf } from './reading.js';
import { corrupt, idOf, type StoredRecord, streamOf } from './record.js';
import { logId } from './state.js';
import { checkFile, entriesOf, fillUp, openTrees, type Trees } from './trees.js';
import { EngineError } from './types.js';

export type Verified = { events: number; streams: number; lastPosition: number };

/** `what` names the log where an error does; `tell` hears now and then how much is looked through, from 0 to 1. */
export type VerifyOptions = { what?: string; tell?: Tell };
type Tell = (share: number) => void;

/** Events looked at between two turns of the loop. */
const SLICE = 2000;

/**
 * Walks a whole log in a file that nobody else uses: every checksum, and log, index, names and gaps against
 * each other. lmdb may end the process over a damaged page: only a process that may end should do this.
 * @throws EngineError that names the first thing that is not as it must be.
 */
export async function verifyLog(path: string, options: VerifyOptions = {}): Promise<Verified> {
  const { what = `the log in ${path}`, tell = () => {} } = options;
  checkFile(path, what);
  fillUp(path);
  let trees: Trees | undefined;
  try {
    trees = openTrees(path, { what, readOnly: true });
    const mover = moverOn(trees);
    logId(trees);
    checkEnds(trees, mover.parts());
    const log = await verifyEvents(trees, mover, tell);
    const added = addedTo(trees.names, mover.parts());
    const streams = entriesOf(trees.names) + added.length;
    verifyIndex(trees, { ...log, streams }, mover);
    checkNames(trees.names, added);
    verifyIds(trees, mover);
    return { events: log.events, streams, lastPosition: log.lastPosition };
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('corrupt', `${what} is damaged: ${(error as Error).message.split('\n')[0]}`);
  } finally {
    await trees?.root.close();
  }
}

/** `moved` are the events that are in the index proper. */
type Seen = { events: number; moved: number; old: number; lastPosition: number };

async function verifyEvents(trees: Trees, mover: Mover, tell: Tell): Promise<Seen> {
  const reading = guarded(readingOf(trees, mover), 'the log');
  const total = reading.lastPosition();
  const numbers: Lru<number> = lru(100_000);
  const seen: Seen = { events: 0, moved: 0, old: 0, lastPosition: 0 };
  let gaps = 0;
  let created = 0;
  for (const key of trees.log.getKeys({})) {
    const position = key.readUIntBE(0, 6);
    gaps += verifyGap(reading, seen.lastPosition + 1, position);
    const record = reading.record(position);
    if (record.created < created) throw corrupt(position, 'it is older than the one before it');
    const no = verifyPlace(reading, record, numbers);
    if (hasOldId(trees, no, record)) seen.old++;
    if (position <= mover.moved()) seen.moved++;
    seen.events++;
    seen.lastPosition = position;
    ({ created } = record);
    if (seen.events % SLICE !== 0) continue;
    tell(position / total);
    await nextTurn();
  }
  gaps += verifyGap(reading, seen.lastPosition + 1, total + 1);
  if (gaps !== countGaps(trees)) throw damaged('it tells of scavenged events that are not missing');
  return { ...seen, lastPosition: total };
}

/** Whether what lies between two events is one gap. Returns how many gaps there are: none or one. */
function verifyGap({ gapAt }: Reading, from: number, next: number): 0 | 1 {
  if (next === from) return 0;
  if (next < from) throw corrupt(next, 'it comes after one with a larger position');
  const gap = gapAt(from);
  if (gap?.start !== from) throw corrupt(from, 'it is missing');
  if (gap.end < next - 1) throw corrupt(gap.end + 1, 'it is missing');
  if (gap.end >= next) throw corrupt(next, 'it is there, though told of as scavenged');
  return 1;
}

/** Whether the names and the index lead to an event as they must. Returns the number of its stream. */
function verifyPlace(reading: Reading, record: StoredRecord, numbers: Lru<number>): number {
  const { position, revision } = record;
  const name = streamOf(record);
  const known = numbers.get(name);
  const no = known ?? reading.streamNo(name);
  if (no === 0) throw corrupt(position, `its stream ${name} is not among the names`);
  numbers.set(name, no);
  const placed = reading.positionOf(no, revision < 0 ? TOMBSTONE : revision);
  if (placed !== position)
    throw corrupt(position, `the index of ${name} leads to position ${placed} instead`);
  if (known === undefined) reading.head(no);
  if (revision < 0 || reading.revisionOf(no, idOf(record)) === revision) return no;
  throw corrupt(position, `its id is not in the index of ${name}`);
}

const hasOldId = ({ index }: Trees, no: number, record: StoredRecord) =>
  record.revision >= 0 && index.getBinary(idKey(no, idOf(record)))?.readUIntBE(0, 6) === record.revision;

/** Every event was found in the index, so as many entries as events means that each leads to one. */
function verifyIndex({ index }: Trees, seen: Seen & { streams: number }, mover: Mover): void {
  const found = { revisions: 0, ids: 0 };
  const expects = revisionsInOrder();
  const inMemory = (no: number, revision: number) =>
    mover.parts().map((part) => part.positionOf(no, revision));
  for (const { key, value } of index.getRange({})) {
    const no = key.readUInt32BE(0);
    if (no < 1 || no > seen.streams) throw damaged(`its index tells of stream ${no}, which has no name`);
    if (key[4] === FLOOR) expects.floor(no, checkedValue(key, value));
    else if (key[4] === REVISION) {
      const revision = key.readUIntBE(5, 6);
      // What was being moved is in both.
      if (!inMemory(no, revision).includes(value.readUIntBE(0, 6))) found.revisions++;
      expects.revision(no, revision);
    } else if (key[4] === EVENT_ID) found.ids++;
    else if (key[4] === END) verifyEnd(mover, no, { end: checkedValue(key, value), next: expects.next(no) });
    else throw damaged(`its index has an entry of unknown kind ${key[4]}`);
  }
  if (found.revisions === seen.moved && found.ids === seen.old) return;
  const ids = `${found.ids} of ${seen.old} ids`;
  throw damaged(`its index has ${found.revisions} entries of ${seen.moved} events, ${ids}`);
}

/** A stream that goes on in memory has another end there. */
function verifyEnd(mover: Mover, no: number, { end, next }: { end: number; next: number }): void {
  if (end === next || mover.parts().some((part) => part.head(no) !== undefined)) return;
  throw damaged(`the index of stream ${no} ends before revision ${next}, and says before ${end}`);
}

function verifyIds(trees: Trees, { runs, idRuns }: Mover): void {
  for (const run of runs()) idRuns.verify(run);
  if (trees.filters === undefined || trees.ids === undefined) return;
  const [ids, filters] = [entriesOf(trees.ids), entriesOf(trees.filters)];
  if (ids !== filters) throw damaged(`it has ${ids} blocks of ids, and ${filters} filters`);
}

/** A stream's revisions follow each other from its floor on. */
function revisionsInOrder() {
  let stream = 0;
  let next = 0;
  const begin = (no: number) => {
    if (no !== stream) next = 0;
    stream = no;
  };
  return {
    next(no: number) {
      begin(no);
      return next;
    },
    floor(no: number, floor: number) {
      begin(no);
      next = floor;
    },
    revision(no: number, revision: number) {
      begin(no);
      if (revision === TOMBSTONE) return;
      if (revision !== next) throw damaged(`revision ${next} of stream ${no} is missing from its index`);
      next++;
    },
  };
}

function countGaps({ gaps }: Trees): number {
  let count = 0;
  for (const { key, value } of gaps?.getRange({}) ?? []) {
    gapOf(key, value);
    count++;
  }
  return count;
}
