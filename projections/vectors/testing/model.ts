import fc from 'fast-check';
import { digesting } from '../digest.js';
import type { Ask, VectorPoint, VectorStore } from '../vectors.js';
import { payloads, pointOf, unitsOf } from './points.js';

const PLAYERS = ['ann', 'ben', '玩家😀'];
const IDS = [1, 2, 3, 4].map((nth) => `0000000${nth}-aaaa-4bbb-8ccc-0000000000dd`);

export type Step =
  | { kind: 'upsert'; points: VectorPoint[] }
  | { kind: 'remove'; playerId: string; ids: string[] }
  | { kind: 'removePlayer'; playerId: string };

const player = fc.constantFrom(...PLAYERS);
const point = fc
  .tuple(player, fc.constantFrom(...IDS), unitsOf(8), payloads)
  .map(([playerId, id, vector, payload]) => pointOf(playerId, vector, { ...payload, id }));

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('upsert' as const),
        points: fc.array(point, { maxLength: 5 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('remove' as const),
        playerId: player,
        ids: fc.array(fc.constantFrom(...IDS), { maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('removePlayer' as const), playerId: player }) },
  ),
  { minLength: 3, maxLength: 9 },
);

export function take(store: VectorStore, collection: string, step: Step): Promise<void> {
  if (step.kind === 'upsert') return store.upsert(collection, step.points);
  if (step.kind === 'remove') return store.remove(collection, step.playerId, step.ids);
  return store.removePlayer(collection, step.playerId);
}

/** What a store should hold, as plainly as it can be said. */
export function pointsKept() {
  let kept: VectorPoint[] = [];
  const put = (point: VectorPoint) => {
    kept = kept.filter(({ playerId, id }) => playerId !== point.playerId || id !== point.id);
    kept.push(point);
  };
  return {
    players: PLAYERS,
    take(step: Step) {
      if (step.kind === 'upsert') step.points.forEach(put);
      if (step.kind === 'remove')
        kept = kept.filter(({ playerId, id }) => playerId !== step.playerId || !step.ids.includes(id));
      if (step.kind === 'removePlayer') kept = kept.filter(({ playerId }) => playerId !== step.playerId);
    },
    idsOf: (of: string) => kept.flatMap(({ playerId, id }) => (playerId === of ? [id] : [])).sort(),
    digest() {
      const sum = digesting();
      for (const { playerId, id, payload } of kept) sum.add(playerId, id, payload.mark);
      return sum.digest();
    },
  };
}

/** All points that pass, best first: what a search is held against. */
export function nearestOf(points: readonly VectorPoint[], { playerId, vector, filter = {} }: Ask) {
  const { from, to, leastImportance, kinds } = filter;
  return points
    .filter((point) => point.playerId === playerId)
    .filter(
      ({ payload }) =>
        (from === undefined || payload.at >= from) &&
        (to === undefined || payload.at <= to) &&
        (leastImportance === undefined || payload.importance >= leastImportance) &&
        (kinds === undefined || kinds.includes(payload.kind)),
    )
    .map((point) => ({
      ...point,
      score: point.vector.reduce((sum, value, at) => sum + value * vector[at]!, 0),
    }))
    .sort((one, other) => other.score - one.score);
}
