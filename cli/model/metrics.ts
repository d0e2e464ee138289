/** How well what was said fits what was: for any two lists of the same length. */

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

export function correlation(one: readonly number[], other: readonly number[]): number {
  const [m1, m2] = [mean(one), mean(other)];
  let [both, first, second] = [0, 0, 0];
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at]! - m1, other[at]! - m2];
    both += a * b;
    first += a * a;
    second += b * b;
  }
  return first === 0 || second === 0 ? 0 : both / Math.sqrt(first * second);
}

/** Spearman's: the correlation of the ranks, ties sharing theirs. */
export const rankCorrelation = (one: readonly number[], other: readonly number[]): number =>
  correlation(ranks(one), ranks(other));

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const ranked = new Array<number>(values.length);
  for (let at = 0; at < order.length; ) {
    let end = at;
    while (end < order.length && values[order[end]!] === values[order[at]!]) end++;
    for (let one = at; one < end; one++) ranked[order[one]!] = (at + end - 1) / 2;
    at = end;
  }
  return ranked;
}

/** Lin's concordance: 1 only for the very same values, so scale and offset count as well. */
export function concordance(one: readonly number[], other: readonly number[]): number {
  const [m1, m2] = [mean(one), mean(other)];
  const variance = (values: readonly number[], m: number) => mean(values.map((value) => (value - m) ** 2));
  const both = mean(one.map((value, at) => (value - m1) * (other[at]! - m2)));
  const below = variance(one, m1) + variance(other, m2) + (m1 - m2) ** 2;
  return below === 0 ? 0 : (2 * both) / below;
}

export type Classified = { said: number; is: number };

/** The mean over the classes of how many of each were found: 1/3 is guessing among three. */
export function balancedAccuracy(all: readonly Classified[], classes = 3): number {
  const shares = Array.from({ length: classes }, (_, one) => all.filter(({ is }) => is === one))
    .filter((these) => these.length > 0)
    .map((these) => these.filter(({ said, is }) => said === is).length / these.length);
  return mean(shares);
}

export function macroF1(all: readonly Classified[], classes = 3): number {
  return mean(
    Array.from({ length: classes }, (_, one) => {
      const right = all.filter(({ said, is }) => said === one && is === one).length;
      const either =
        all.filter(({ said }) => said === one).length + all.filter(({ is }) => is === one).length;
      return either === 0 ? 0 : (2 * right) / either;
    }),
  );
}

/** A generator of numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Interval = { value: number; low: number; high: number };

/** The figure over all, and between what it lies for 95 of 100 draws of players. */
export function bootstrapped<T>(
  groups: readonly (readonly T[])[],
  figure: (all: readonly T[]) => number,
  { draws = 500, seed = 1 } = {},
): Interval {
  const random = seeded(seed);
  const drawn = Array.from({ length: draws }, () =>
    figure(groups.flatMap(() => groups[Math.floor(random() * groups.length)]!)),
  ).sort((one, other) => one - other);
  const at = (share: number) => drawn[Math.min(draws - 1, Math.floor(share * draws))]!;
  return { value: figure(groups.flat()), low: at(0.025), high: at(0.975) };
}
