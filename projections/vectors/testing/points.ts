import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { PointPayload, VectorPoint } from '../vectors.js';

export function unit(values: ArrayLike<number>): Float32Array {
  const vector = Float32Array.from(values);
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

/** The same for the same seed: a test that fails can be looked at again. */
export function randomUnits(dimension: number, seed = 1): () => Float32Array {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  return () => unit(Array.from({ length: dimension }, next));
}

export const payloadOf = (over: Partial<PointPayload> = {}): PointPayload => ({
  at: '2026-11-28T12:00:00.000Z',
  importance: 0.5,
  kind: 'victory',
  gameId: null,
  clientId: null,
  key: 'k',
  mark: 'm',
  ...over,
});

export const pointOf = (
  playerId: string,
  vector: Float32Array,
  over: Partial<PointPayload & { id: string }> = {},
): VectorPoint => {
  const { id = randomUUID(), ...payload } = over;
  return { playerId, id, vector, payload: payloadOf(payload) };
};

export const unitsOf = (dimension: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(fc.integer({ min: -50, max: 50 }), { minLength: dimension, maxLength: dimension })
    .filter((values) => values.some((value) => value !== 0))
    .map(unit);

const dayOf = (day: number) => new Date(Date.UTC(2026, 10, 1 + day)).toISOString();
export const days: fc.Arbitrary<string> = fc.nat(20).map(dayOf);
export const kinds = ['victory', 'defeat', '失败', "o'kind"];

export const payloads: fc.Arbitrary<PointPayload> = fc.record({
  at: days,
  importance: fc.constantFrom(0, 0.1, 0.25, 0.5, 0.75, 1),
  kind: fc.constantFrom(...kinds),
  gameId: fc.constantFrom(null, 'game'),
  clientId: fc.constantFrom(null, 'client'),
  key: fc.constantFrom('key', '钥匙'),
  mark: fc.constantFrom('m1', 'm2', 'm3'),
});

export const filters = fc.record(
  {
    from: days,
    to: days,
    leastImportance: fc.constantFrom(0.1, 0.5, 0.75, 1),
    kinds: fc.uniqueArray(fc.constantFrom(...kinds), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
