import { features, MISSING } from '../../domain/emotion/features.js';

/**
 * Multinomial logistic regression by plain gradient descent: what the trees have to be better than. Columns are brought
 * to 0 to 1; what is missing is 0 beside a column that says so.
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  { classes = 3, rounds = 200, rate = 0.3, decay = 1e-3 } = {},
): (row: readonly number[]) => number[] {
  const inputs = rows.map(inputsOf);
  const width = inputs[0]!.length;
  const weights = Array.from({ length: classes }, () => new Float64Array(width));
  for (let round = 0; round < rounds; round++) {
    const slopes = Array.from({ length: classes }, () => new Float64Array(width));
    for (const [at, input] of inputs.entries()) {
      const likely = softmax(weights, input);
      for (let one = 0; one < classes; one++) {
        const error = likely[one]! - (labels[at] === one ? 1 : 0);
        for (let column = 0; column < width; column++) slopes[one]![column]! += error * input[column]!;
      }
    }
    for (const [one, weight] of weights.entries())
      for (let column = 0; column < width; column++)
        weight[column]! -= rate * (slopes[one]![column]! / inputs.length + decay * weight[column]!);
  }
  return (row) => softmax(weights, inputsOf(row));
}

function inputsOf(row: readonly number[]): Float64Array {
  const inputs = new Float64Array(row.length * 2 + 1);
  for (let at = 0; at < row.length; at++) {
    const missing = row[at] === MISSING;
    inputs[at] = missing ? 0 : row[at]! / features[at]!.most;
    inputs[row.length + at] = missing ? 1 : 0;
  }
  inputs[row.length * 2] = 1;
  return inputs;
}

function softmax(weights: readonly Float64Array[], input: Float64Array): number[] {
  const scores = weights.map((weight) => {
    let sum = 0;
    for (let at = 0; at < input.length; at++) sum += weight[at]! * input[at]!;
    return sum;
  });
  const most = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - most));
  const all = parts.reduce((sum, one) => sum + one, 0);
  return parts.map((part) => part / all);
}
