/** A number of each vector in which all of its numbers are: other vectors, other traces. */
export const tracesOf = (vectors: readonly Float32Array[]): number[] =>
  vectors.map((vector) => vector.reduce((sum, value, at) => sum + value * Math.sin(at + 1), 0));
