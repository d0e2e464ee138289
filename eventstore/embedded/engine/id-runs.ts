import { damaged } from './ends.js';
import { addToFilter, emptyFilter, type Fingerprint, mayHold } from './fingerprint.js';
import { blockKey } from './keys.js';
import type { IdRun } from './state.js';
import { type Change, sealed, type Trees, unsealed } from './trees.js';

/**
 * The ids of the past. A new one is looked for in every run, and the filters, kept in memory at two bytes an id,
 * answer nearly always. A block is what has the same highest bits; within it the order says nothing.
 */
export type IdRuns = ReturnType<typeof idRunsOf>;

/** 16 bytes for each id: high, low, and the revision's lower and upper half. */
const BYTES = 16;
const FIRST_BITS = 4;
const BITS_A_LEVEL = 3;
export const FAN = 2 ** BITS_A_LEVEL;

const bitsOf = (level: number) => FIRST_BITS + BITS_A_LEVEL * level;
export const blocksOf = ({ level }: IdRun) => 2 ** bitsOf(level);

/** Both trees are there wherever there is a run. */
export function idRunsOf(trees: Pick<Trees, 'ids' | 'filters'>) {
  const [ids, filters] = [trees.ids!, trees.filters!];
  const held = new Map<number, (Buffer | undefined)[]>();
  const blockOf = (run: number, block: number) =>
    unsealed(ids.getBinary(blockKey(run, block)), `a block of its ids (${run}, ${block})`);

  const heldOf = (run: number) => held.get(run) ?? held.set(run, []).get(run)!;
  const filterOf = (run: number, block: number): Buffer =>
    (heldOf(run)[block] ??= unsealed(filters.getBinary(blockKey(run, block)), `a filter (${run}, ${block})`));

  /** Blocks of a run that is being written: whole ones, in any order. */
  function written(run: number, block: number, entries: Uint32Array): Change[] {
    const filter = emptyFilter();
    for (let at = 1; at < entries.length; at += 4) addToFilter(filter, entries[at]!);
    heldOf(run)[block] = filter;
    const key = blockKey(run, block);
    const bytes = Buffer.from(entries.buffer, entries.byteOffset, entries.byteLength);
    return [
      { tree: ids, key, value: sealed(bytes) },
      { tree: filters, key, value: sealed(filter) },
    ];
  }

  return {
    find(runs: IdRun[], print: Fingerprint, isRight: (revision: number) => boolean): number {
      for (const run of runs) {
        const block = print.high >>> (32 - bitsOf(run.level));
        if (!mayHold(filterOf(run.no, block), print.low)) continue;
        const found = search(blockOf(run.no, block), print, isRight);
        if (found >= 0) return found;
      }
      return -1;
    },
    verify: (run: IdRun) => verifyRun(run, { blockOf, filterOf }),
    /** The blocks of a run of level 0, made of ids in any order. */
    *first(run: number, entries: Uint32Array): Generator<Change[]> {
      const parts = divided([entries], 0);
      for (const [block, part] of parts.entries()) yield written(run, block, part);
    },
    /** The blocks of a run of the next level, made of those of eight runs. */
    *merged(run: number, from: IdRun[]): Generator<Change[]> {
      for (let block = 0; block < blocksOf(from[0]!); block++) {
        const parts = divided(
          from.map(({ no }) => wordsOf(blockOf(no, block))),
          from[0]!.level + 1,
        );
        yield parts.flatMap((part, nth) => written(run, block * FAN + nth, part));
      }
    },
    *dropped(run: IdRun): Generator<Change[]> {
      held.delete(run.no);
      for (let block = 0; block < blocksOf(run); block += FAN) {
        yield Array.from({ length: FAN }, (_, nth) => blockKey(run.no, block + nth)).flatMap((key) => [
          { tree: ids, key },
          { tree: filters, key },
        ]);
      }
    },
  };
}

type Blocks = Record<'blockOf' | 'filterOf', (run: number, block: number) => Buffer>;

/** @throws EngineError when a block or its filter is not there, or is not what was written. */
function verifyRun(run: IdRun, { blockOf, filterOf }: Blocks): void {
  for (let block = 0; block < blocksOf(run); block++) {
    const words = wordsOf(blockOf(run.no, block));
    const filter = filterOf(run.no, block);
    for (let at = 0; at < words.length; at += 4) {
      if (words[at]! >>> (32 - bitsOf(run.level)) === block && mayHold(filter, words[at + 1]!)) continue;
      throw damaged(`an id is in a wrong block (${run.no}, ${block})`);
    }
  }
}

/** Ids of the same block sorted into those of the level: into all 16 of the first, or 8 of another. */
function divided(sources: Uint32Array[], level: number): Uint32Array[] {
  const shift = 32 - bitsOf(level);
  const mask = level === 0 ? 2 ** FIRST_BITS - 1 : FAN - 1;
  const sizes = new Uint32Array(mask + 1);
  for (const words of sources)
    for (let at = 0; at < words.length; at += 4) sizes[(words[at]! >>> shift) & mask]! += 4;
  const parts = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(mask + 1);
  for (const words of sources) {
    for (let at = 0; at < words.length; at += 4) {
      const nth = (words[at]! >>> shift) & mask;
      const part = parts[nth]!;
      const to = filled[nth]!;
      for (let word = 0; word < 4; word++) part[to + word] = words[at + word]!;
      filled[nth] = to + 4;
    }
  }
  return parts;
}

/** As aligned words; the bytes of a tree lie anywhere. */
function wordsOf(bytes: Buffer): Uint32Array {
  const words = new Uint32Array(bytes.length / 4);
  Buffer.from(words.buffer).set(bytes);
  return words;
}

function search(block: Buffer, { high, low }: Fingerprint, isRight: (revision: number) => boolean): number {
  for (let at = 0; at < block.length; at += BYTES) {
    if (block.readUInt32LE(at + 4) !== low || block.readUInt32LE(at) !== high) continue;
    const revision = block.readUInt32LE(at + 8) + block.readUInt32LE(at + 12) * 2 ** 32;
    if (isRight(revision)) return revision;
  }
  return -1;
}
