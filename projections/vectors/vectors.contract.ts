import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { digesting } from './digest.js';
import { nearestOf, pointsKept, steps, take } from './testing/model.js';
import { filters, payloads, pointOf, randomUnits, unitsOf } from './testing/points.js';
import type { VectorPoint, VectorStore } from './vectors.js';

/** `other`: one of another process. `recall`: the least share of the true nearest ten, 1 where search is exact. */
export type Side = { store: VectorStore; other: VectorStore; recall: number };

/** Making what fails smaller would make collections for minutes; it is small as it is. */
const endOnFailure = true;
const DIMENSION = 8;
const ODD_PLAYERS = ['玩家😀', "o'brien", 'a b', '../..', '%', '"\\', '{}', 'x'.repeat(500), 'é', 'e\u0301'];

type Place = { collection: string; alias: string };

/** A collection of its own, read through an alias of its own, and none of it left. */
async function inPlace({ store }: Side, work: (place: Place) => Promise<void>, dimension = DIMENSION) {
  const place = { collection: `c-${randomUUID()}`, alias: `a-${randomUUID()}` };
  await store.create(place.collection, { dimension, model: 'model-1' });
  await store.publish(place.alias, place.collection);
  try {
    await work(place);
  } finally {
    await store.drop(place.collection);
  }
}

const next = randomUnits(DIMENSION);
const all = { vector: next(), limit: 1_000 };
const idsOf = async (store: VectorStore, alias: string, playerId: string) =>
  (await store.search(alias, { playerId, ...all })).map(({ id }) => id).sort();

/** What every adapter of the port promises. */
export const vectorPromises: Record<string, (side: Side) => Promise<void>> = {
  'makes a collection once, and refuses another shape, naming both': (side) =>
    inPlace(side, async ({ collection }) => {
      const { store, other } = side;
      await store.upsert(collection, [pointOf('ann', next())]);
      await Promise.all(
        [store, other].map((one) => one.create(collection, { dimension: 8, model: 'model-1' })),
      );
      assert.equal((await store.digest(collection)).rows, 1);
      await assert.rejects(store.create(collection, { dimension: 9, model: 'model-1' }), /\b8\b.*\b9\b/);
      await assert.rejects(store.create(collection, { dimension: 8, model: 'model-2' }), /model-1.*model-2/);
    }),

  'is made once by two who make it at the same moment': async ({ store, other }) => {
    const name = `c-${randomUUID()}`;
    await Promise.all([store, other, store].map((one) => one.create(name, { dimension: 8, model: 'm' })));
    assert.deepEqual(await store.digest(name), digesting().digest());
    await store.drop(name);
  },

  'gives back what was put there, as it was': (side) =>
    inPlace(side, async ({ collection, alias }) => {
      const point = pointOf('ann', next(), {
        gameId: 'g',
        clientId: 'c',
        key: '钥匙 "1"',
        importance: 1 / 3,
      });
      await side.store.upsert(collection, [point]);
      const [hit, ...more] = await side.other.search(alias, {
        playerId: 'ann',
        vector: point.vector,
        limit: 5,
      });
      assert.deepEqual(more, []);
      assert.deepEqual({ id: hit!.id, payload: hit!.payload }, { id: point.id, payload: point.payload });
      assert.ok(Math.abs(hit!.score - 1) < 1e-5);
    }),

  'put twice is put once; of two of the same id the later one counts': (side) =>
    inPlace(side, async ({ collection, alias }) => {
      const [id, first, second] = [randomUUID(), next(), next()];
      const early = pointOf('ann', first, { id, kind: 'early' });
      const late = pointOf('ann', second, { id: id.toUpperCase(), kind: 'late' });
      await side.store.upsert(collection, [early, early]);
      await side.other.upsert(collection, [early, late]);
      for (const store of [side.store, side.other]) {
        const hits = await store.search(alias, { playerId: 'ann', vector: second, limit: 5 });
        assert.deepEqual(
          hits.map((hit) => [hit.id, hit.payload.kind]),
          [[id, 'late']],
        );
        assert.ok(Math.abs(hits[0]!.score - 1) < 1e-5);
      }
      assert.equal((await side.store.digest(collection)).rows, 1);
    }),

  'the same id of another player is another point, whatever players are called': (side) =>
    inPlace(side, async ({ collection, alias }) => {
      const id = randomUUID();
      await side.store.upsert(
        collection,
        ODD_PLAYERS.map((playerId) => pointOf(playerId, next(), { id, key: playerId })),
      );
      for (const playerId of ODD_PLAYERS) {
        const hits = await side.other.search(alias, { playerId, ...all });
        assert.deepEqual(
          hits.map((hit) => hit.payload.key),
          [playerId],
        );
      }
      await side.other.remove(collection, ODD_PLAYERS[0]!, [id]);
      assert.equal((await side.store.digest(collection)).rows, ODD_PLAYERS.length - 1);
    }),

  'holds what a plain list would hold, whoever writes and whoever asks; nobody touches another player': (
    side,
  ) =>
    fc.assert(
      fc.asyncProperty(steps, (taken) =>
        inPlace(side, async ({ collection, alias }) => {
          const kept = pointsKept();
          for (const [nth, step] of taken.entries()) {
            await take(nth % 2 ? side.store : side.other, collection, step);
            kept.take(step);
            const asked = nth % 3 ? side.store : side.other;
            for (const playerId of kept.players)
              assert.deepEqual(await idsOf(asked, alias, playerId), kept.idsOf(playerId));
            for (const playerId of kept.players)
              assert.equal(await asked.count(collection, playerId), kept.idsOf(playerId).length);
          }
          for (const store of [side.store, side.other])
            assert.deepEqual(await store.digest(collection), kept.digest());
        }),
      ),
      { numRuns: 15, endOnFailure },
    ),

  'finds the nearest of one player, within what is asked for': (side) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('ann', 'ben'), unitsOf(DIMENSION), payloads), { maxLength: 60 }),
        fc.array(
          fc.record({ vector: unitsOf(DIMENSION), limit: fc.integer({ min: 1, max: 20 }), filter: filters }),
          {
            minLength: 5,
            maxLength: 5,
          },
        ),
        (given, asks) =>
          inPlace(side, async ({ collection, alias }) => {
            const points = given.map(([player, vector, payload]) => pointOf(player, vector, payload));
            await side.store.upsert(collection, points);
            for (const ask of asks)
              await checkSearch(side, { alias, points, ask: { ...ask, playerId: 'ann' } });
          }),
      ),
      { numRuns: 20, endOnFailure },
    ),

  'finds them among many': (side) =>
    inPlace(
      side,
      async ({ collection, alias }) => {
        const one = randomUnits(48, 7);
        const points = Array.from({ length: 1_300 }, (_, nth) => pointOf(nth % 4 ? 'ann' : 'ben', one()));
        await side.store.upsert(collection, points);
        let found = 0;
        for (let nth = 0; nth < 20; nth++)
          found += await checkSearch(side, {
            alias,
            points,
            ask: { playerId: 'ann', vector: one(), limit: 10 },
          });
        assert.ok(found / 20 >= side.recall, `recall ${found / 20}`);
      },
      48,
    ),
};

/** Everything but what is forgiven to who searches roughly. @returns the share of the nearest that was found. */
async function checkSearch(
  { other }: Side,
  { alias, points, ask }: { alias: string; points: VectorPoint[]; ask: Parameters<VectorStore['search']>[1] },
): Promise<number> {
  const hits = await other.search(alias, ask);
  const wanted = nearestOf(points, ask);
  assert.equal(hits.length, Math.min(ask.limit, wanted.length));
  assert.equal(new Set(hits.map(({ id }) => id)).size, hits.length);
  const last = wanted[hits.length - 1]?.score ?? -1;
  let near = 0;
  for (const [nth, { id, score, payload }] of hits.entries()) {
    const true_ = wanted.find((point) => point.id === id);
    assert.ok(true_, 'a point of this player that passes the filter');
    assert.deepEqual(payload, true_.payload);
    assert.ok(Math.abs(score - true_.score) < 1e-5, `${score} for ${true_.score}`);
    assert.ok(nth === 0 || score <= hits[nth - 1]!.score, 'best first');
    if (score >= last - 1e-5) near++;
  }
  return hits.length === 0 ? 1 : near / hits.length;
}
