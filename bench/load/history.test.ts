import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { projections } from '../../projections/index.js';
import { recordedOf } from '../../projections/recorded.js';
import { historyOf, type Piece } from './history.js';

const eventsOf = (pieces: Iterable<Piece>) => [...pieces].flatMap(({ events }) => events);

/** As the log would give them back. */
const placed = (pieces: Iterable<Piece>) => {
  const revisions = new Map<string, number>();
  let position = 0;
  return [...pieces].flatMap(({ stream, events }) =>
    events.map((event) => {
      const revision = (revisions.get(stream) ?? -1) + 1;
      revisions.set(stream, revision);
      return { ...structuredClone(event), stream, revision, position: ++position };
    }),
  );
};

describe('the history', () => {
  it('has as many events as wanted, and is always the same: a longer one begins with the shorter', () => {
    const [short, long] = [eventsOf(historyOf(1_234)), eventsOf(historyOf(3_000))];
    assert.deepEqual([short.length, long.length], [1_234, 3_000]);
    assert.deepEqual(long.slice(0, 1_234), short);
    assert.equal(new Set(long.map(({ id }) => id)).size, 3_000);
  });

  it('can be read by every projection, and is of concern to each', () => {
    const recorded = placed(historyOf(5_000)).map((event) => recordedOf(event)!);
    const types = new Set(recorded.map(({ type }) => type));
    for (const { name, types: wanted } of projections)
      assert.ok(
        wanted.some((type) => types.has(type)),
        name,
      );
    for (const type of ['GameCreated', 'PlayerRegistered', 'CompanionActed', 'FeedbackGiven'] as const)
      assert.ok(types.has(type), type);
  });

  it('answers as companions do: about half of what games tell', () => {
    const events = eventsOf(historyOf(20_000));
    const count = (type: string) => events.filter((event) => event.type === type).length;
    const share = count('CompanionActed') / count('GameEventRecorded');
    assert.ok(share > 0.3 && share < 0.7, String(share));
  });
});
