import type { Path } from '../../domain/memory/branch.js';
import type { Memory, Remembered } from '../../domain/memory/memory.js';
import { rememberedOf, type UseInPlace } from '../../domain/memory/remembered.js';
import { byteLru } from '../vectors/byte-lru.js';
import type { RememberedAt } from './recall.js';

/** All that is kept of a player. */
export type Kept = {
  occurrences: readonly Memory[];
  uses: readonly UseInPlace[];
  /** What is looked back upon from this revision on, in their order; before the first of them nothing was undone. */
  paths: readonly { revision: number; path: Path }[];
};

/** Where it is kept. @throws what the database throws. */
export type KeptRows = {
  /** Another one whenever anything that is kept of the player has changed. */
  mark(playerId: string): Promise<string>;
  kept(playerId: string): Promise<Kept>;
};

const CACHE_BYTES = 64 * 2 ** 20;
/** About what an occurrence, and a use, takes in memory. */
const BYTES = { occurrence: 1_500, use: 150 };

type Held = Kept & { mark: string; newest: number; last: { asOf: number; remembered: Remembered[] } | null };

/**
 * What players remember, the players who were asked about last being kept in memory. Each time the rows are asked first
 * whether anything changed: so what was lived or forgotten a moment ago counts.
 */
export function openMinds(rows: KeptRows, cacheBytes = CACHE_BYTES): RememberedAt {
  const cache = byteLru<Held>(cacheBytes);
  return async ({ playerId, revision }) => {
    const mark = await rows.mark(playerId);
    const known = cache.get(playerId);
    if (known?.mark === mark) return asOf(known, revision);
    // What is read may be newer than its mark: then it is read once more the next time.
    const held = heldOf(mark, await rows.kept(playerId));
    cache.set(playerId, held, bytesOf(held));
    return asOf(held, revision);
  };
}

const heldOf = (mark: string, kept: Kept): Held => ({
  ...kept,
  mark,
  newest: Math.max(
    -1,
    ...[kept.occurrences, kept.uses, kept.paths].map((all) =>
      all.reduce((most, { revision }) => Math.max(most, revision), -1),
    ),
  ),
  last: null,
});

const bytesOf = ({ occurrences, uses }: Held): number =>
  1_000 + BYTES.occurrence * occurrences.length + BYTES.use * uses.length;

function asOf(held: Held, wanted: number): readonly Remembered[] {
  const revision = Math.min(wanted, held.newest);
  if (held.last?.asOf === revision) return held.last.remembered;
  const path = held.paths.findLast((one) => one.revision <= revision)?.path ?? null;
  const remembered = rememberedOf(held.occurrences, held.uses, { revision, path });
  held.last = { asOf: revision, remembered };
  return remembered;
}
