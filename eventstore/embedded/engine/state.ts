import { randomBytes } from 'node:crypto';
import { gapsOf } from './gaps.js';
import {
  apply,
  FOLLOWED,
  FORMAT,
  formatChange,
  formatOf,
  lastKey,
  sealed,
  type Tree,
  type Trees,
  unsealed,
} from './trees.js';

/**
 * How far the index has come. Each run holds the ids of a stretch of the log in 16 × 8^level blocks; `drop` are
 * those that were merged into another and are being removed.
 */
export type IdRun = { no: number; level: number };
export type State = {
  /** All events up to this position are in the trees; those after it in `tail`. */
  moved: number;
  /** Streams up to this number may have ids in `index`, from format 1 or 2. */
  oldStreams: number;
  nextRun: number;
  runs: IdRun[];
  drop: IdRun[];
};

const KEY = Buffer.from('state');
const ID = Buffer.from('id');

export const stateChange = (meta: Tree, state: State) => ({
  tree: meta,
  key: KEY,
  value: sealed(Buffer.from(JSON.stringify(state))),
});

/** Of a log of a format before, all is in the index. @throws EngineError `corrupt` */
export function readState({ log, index, gaps, meta }: Trees): State {
  if ((formatOf(meta) ?? 0) >= FOLLOWED) {
    return JSON.parse(unsealed(meta.getBinary(KEY), 'the state of its index').toString()) as State;
  }
  const moved = Math.max(lastKey(log)?.readUIntBE(0, 6) ?? 0, gapsOf(gaps, index).lastGapEnd());
  return { moved, oldStreams: lastKey(index)?.readUInt32BE(0) ?? 0, nextRun: 1, runs: [], drop: [] };
}

/** Writes down the format of a log that is new, or was of one before, its id, and that its index is whole. */
export function upgrade(trees: Trees): void {
  const { root, meta } = trees;
  if (formatOf(meta) === FORMAT) return;
  const id = { tree: meta, key: ID, value: sealed(randomBytes(16)) };
  const state = stateChange(meta, readState(trees));
  root.transactionSync(() => apply([formatChange(meta), state, id]));
}

/** By which a log knows its own write-ahead file; undefined for one of a format before. @throws EngineError `corrupt` */
export const logId = ({ meta }: Trees): Buffer | undefined =>
  (formatOf(meta) ?? 0) < FORMAT ? undefined : unsealed(meta.getBinary(ID), 'its id');
