import { percentile } from '../cli/terminal/percentile.js';

/** Several measurements of one thing: the one in the middle, and how far apart they lie. */
export type Spread = { median: number; min: number; max: number; all: number[] };
/** Delays in milliseconds. */
export type Delays = { count: number; p50: number; p99: number; max: number };

/** @throws RangeError when nothing was measured. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return {
    median: short(median),
    min: short(sorted[0]!),
    max: short(sorted[sorted.length - 1]!),
    all: values.map(short),
  };
}

/** @throws RangeError when nothing was measured. */
export function delaysOf(ms: readonly number[]): Delays {
  if (ms.length === 0) throw new RangeError('no delay was measured');
  const at = (p: number) => short(percentile(ms, p));
  return { count: ms.length, p50: at(50), p99: at(99), max: at(100) };
}

/** Four digits that count: more would be noise. */
export const short = (value: number): number => Number(value.toPrecision(4));
