import { hash64 } from '../../domain/kernel/hash64.js';

/** The same player is always in the same fold, from 0. */
export const foldOf = (player: string, folds: number): number =>
  Number.parseInt(hash64(player).slice(0, 6), 16) % folds;

/** At most so many, spread evenly over all. */
export function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]!);
}
