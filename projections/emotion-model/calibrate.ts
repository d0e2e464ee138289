/** Probabilities that say how often one is right. */

/** Above 1 less sure, below 1 surer. */
export function tempered(likely: readonly number[], temperature: number): number[] {
  const parts = likely.map((part) => Math.max(part, 1e-9) ** (1 / temperature));
  const sum = parts.reduce((one, other) => one + other, 0);
  return parts.map((part) => part / sum);
}

export type Judged = { likely: readonly number[]; is: number };

/** The mean surprise, in nats: smaller is better. */
export const logLoss = (judged: readonly Judged[]): number =>
  judged.reduce((sum, { likely, is }) => sum - Math.log(Math.max(likely[is]!, 1e-9)), 0) / judged.length;

/** The temperature with the least surprise on what was not trained on. */
export function fitTemperature(judged: readonly Judged[]): number {
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let step = -40; step <= 40; step++) {
    const temperature = 2 ** (step / 20);
    const loss = logLoss(judged.map(({ likely, is }) => ({ likely: tempered(likely, temperature), is })));
    if (loss < least) [best, least] = [temperature, loss];
  }
  return best;
}

export type Bin = { from: number; to: number; count: number; said: number; right: number };

/** How sure it said it was, beside how often it was right; in tenths. */
export function reliability(judged: readonly Judged[]): Bin[] {
  const bins = Array.from({ length: 10 }, (_, at) => ({
    from: at / 10,
    to: (at + 1) / 10,
    count: 0,
    said: 0,
    right: 0,
  }));
  for (const { likely, is } of judged) {
    const sure = Math.max(...likely);
    const bin = bins[Math.min(9, Math.floor(sure * 10))]!;
    bin.count++;
    bin.said += sure;
    bin.right += likely.indexOf(sure) === is ? 1 : 0;
  }
  return bins
    .filter(({ count }) => count > 0)
    .map((bin) => ({ ...bin, said: bin.said / bin.count, right: bin.right / bin.count }));
}

/** Expected calibration error: the mean distance of the two, 0 to 1. */
export const calibrationError = (judged: readonly Judged[]): number =>
  reliability(judged).reduce((sum, { count, said, right }) => sum + count * Math.abs(said - right), 0) /
  judged.length;
