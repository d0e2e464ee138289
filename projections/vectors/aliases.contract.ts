import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { digesting } from './digest.js';
import { pointOf, randomUnits } from './testing/points.js';
import type { Side } from './vectors.contract.js';
import { type VectorStore, VectorsUnavailable } from './vectors.js';

const next = randomUnits(8);
const ask = { playerId: 'ann', vector: next(), limit: 100 };

/** Two collections, of five points each that say in which they are. */
async function twoOf(store: VectorStore): Promise<string[]> {
  const names = [`c-${randomUUID()}`, `c-${randomUUID()}`];
  for (const [nth, name] of names.entries()) {
    await store.create(name, { dimension: 8, model: `model-${nth}` });
    const points = Array.from({ length: 5 }, () => pointOf('ann', next(), { kind: name }));
    await store.upsert(name, points);
  }
  return names;
}

const isRefusal = (pattern: RegExp) => (error: unknown) =>
  error instanceof Error && !(error instanceof VectorsUnavailable) && pattern.test(error.message);

/** What every adapter promises of collections and aliases, and of what cannot be. */
export const aliasPromises: Record<string, (side: Side) => Promise<void>> = {
  'an alias means nothing until it is published, and is seen at once by everybody': async (side) => {
    const { store, other } = side;
    const alias = `a-${randomUUID()}`;
    const names = await twoOf(store);
    assert.equal(await other.published(alias), null);
    assert.deepEqual(await other.search(alias, ask), []);
    for (const nth of [0, 1, 0]) {
      await store.publish(alias, names[nth]!);
      const wanted = { collection: names[nth], model: `model-${nth}`, dimension: 8 };
      assert.deepEqual(await other.published(alias), wanted);
      const kinds = new Set((await other.search(alias, ask)).map((hit) => hit.payload.kind));
      assert.deepEqual([...kinds], [names[nth]]);
    }
    for (const name of names) await store.drop(name);
  },

  'of a collection that the alias no longer means, nothing is found through it': async ({ store, other }) => {
    const alias = `a-${randomUUID()}`;
    const [one, next] = (await twoOf(store)) as [string, string];
    const found = async (collection: string) => (await other.search(alias, { ...ask, collection })).length;
    assert.equal(await found(one), 0);
    await store.publish(alias, one);
    assert.deepEqual([await found(one), await found(next)], [5, 0]);
    await store.publish(alias, next);
    assert.deepEqual([await found(one), await found(next)], [0, 5]);
    await assert.rejects(other.search(alias, { ...ask, collection: 'No Good' }), isRefusal(/No Good/));
    for (const name of [one, next]) await store.drop(name);
  },

  'who asks while it is switched gets all of the one or all of the other': async ({ store, other }) => {
    const alias = `a-${randomUUID()}`;
    const names = await twoOf(store);
    await store.publish(alias, names[0]!);
    let switching = true;
    const asking = [store, other].map(async (one) => {
      while (switching) {
        const hits = await one.search(alias, ask);
        assert.equal(hits.length, 5);
        assert.equal(new Set(hits.map((hit) => hit.payload.kind)).size, 1);
      }
    });
    const switched = (async () => {
      for (let nth = 1; nth <= 12; nth++) await store.publish(alias, names[nth % 2]!);
    })().finally(() => {
      switching = false;
    });
    await Promise.all([...asking, switched]);
    for (const name of names) await store.drop(name);
  },

  'a dropped collection is gone, with what meant it, and can be made anew': async ({ store, other }) => {
    const alias = `a-${randomUUID()}`;
    const [name, beside] = (await twoOf(store)) as [string, string];
    await store.publish(alias, name);
    assert.equal((await other.search(alias, ask)).length, 5);
    await store.drop(name);
    assert.equal(await other.published(alias), null);
    assert.deepEqual(await other.search(alias, ask), []);
    await assert.rejects(other.upsert(name, [pointOf('ann', next())]), isRefusal(new RegExp(name)));
    await assert.rejects(other.digest(name), isRefusal(new RegExp(name)));
    assert.deepEqual([await other.has(name), await other.has(beside)], [false, true]);
    await store.drop(name);
    await store.create(name, { dimension: 8, model: 'other' });
    await store.publish(alias, name);
    assert.deepEqual(await other.search(alias, ask), []);
    assert.deepEqual(await other.digest(name), digesting().digest());
    assert.equal((await store.digest(beside)).rows, 5);
    for (const one of [name, beside]) await store.drop(one);
  },

  'a digest tells equal generations from unequal ones, in whatever order they were written': async ({
    store,
  }) => {
    const points = Array.from({ length: 9 }, (_, nth) => pointOf(`p${nth % 3}`, next(), { mark: `m${nth}` }));
    const names = [`c-${randomUUID()}`, `c-${randomUUID()}`] as const;
    for (const name of names) await store.create(name, { dimension: 8, model: 'm' });
    await store.upsert(names[0], points);
    for (const point of [...points].reverse()) await store.upsert(names[1], [point]);
    assert.deepEqual(await store.digest(names[0]), await store.digest(names[1]));
    const { id } = points[4]!;
    await store.upsert(names[1], [pointOf('p1', next(), { id, mark: 'another' })]);
    const [one, other] = [await store.digest(names[0]), await store.digest(names[1])];
    assert.equal(one.rows, other.rows);
    assert.notEqual(one.digest, other.digest);
    for (const name of names) await store.drop(name);
  },

  'publishes only what is there, and what was published stays when it is not': async ({ store }) => {
    const alias = `a-${randomUUID()}`;
    const [name, beside] = (await twoOf(store)) as [string, string];
    await store.publish(alias, name);
    await assert.rejects(store.publish(alias, 'not-there'), isRefusal(/not-there/));
    await assert.rejects(store.publish(beside, name), isRefusal(new RegExp(beside)));
    await assert.rejects(store.create(alias, { dimension: 8, model: 'm' }), isRefusal(new RegExp(alias)));
    assert.equal((await store.published(alias))?.collection, name);
    for (const one of [name, beside]) await store.drop(one);
  },

  'says what is wrong, and does nothing of it': async ({ store }) => {
    const alias = `a-${randomUUID()}`;
    const [name, beside] = (await twoOf(store)) as [string, string];
    await store.publish(alias, name);
    const before = await store.digest(name);
    const good = pointOf('ann', next());
    const long = { ...good, vector: randomUnits(9)() };
    const wrong: [RegExp, Partial<typeof good>][] = [
      [/\b9\b.*\b8\b|\b8\b.*\b9\b/, long],
      [/unit length/, { vector: new Float32Array(8) }],
      [/unit length/, { vector: Float32Array.from({ length: 8 }, () => Number.NaN) }],
      [/not a UUID/, { id: '7' }],
      [/player id/, { playerId: '' }],
      [/player id/, { playerId: 'a\0b' }],
      [/player id/, { playerId: '\ud800' }],
      [/importance 2/, { payload: { ...good.payload, importance: 2 } }],
      [/yesterday/, { payload: { ...good.payload, at: 'yesterday' } }],
      [/mark/, { payload: { ...good.payload, mark: 'a b' } }],
      [/kind/, { payload: { ...good.payload, kind: '' } }],
    ];
    for (const [pattern, over] of wrong)
      await assert.rejects(
        store.upsert(name, [good, { ...good, ...over }]),
        isRefusal(pattern),
        String(pattern),
      );
    await assert.rejects(store.upsert(name, [long]), isRefusal(/\b8\b.*\b9\b|\b9\b.*\b8\b/));
    await assert.rejects(
      store.search(alias, { ...ask, vector: long.vector }),
      isRefusal(/\b8\b.*\b9\b|\b9\b.*\b8\b/),
    );
    await assert.rejects(store.search(alias, { ...ask, limit: 0 }), isRefusal(/limit 0/));
    await assert.rejects(store.search(alias, { ...ask, filter: { from: 'soon' } }), isRefusal(/soon/));
    await assert.rejects(store.remove(name, 'ann', ['7']), isRefusal(/not a UUID/));
    await assert.rejects(store.create('No Good', { dimension: 8, model: 'm' }), isRefusal(/No Good/));
    await assert.rejects(
      store.create('good', { dimension: 0, model: 'm' }),
      isRefusal(/0 is not a dimension/),
    );
    assert.deepEqual(await store.digest(name), before);
    for (const one of [name, beside]) await store.drop(one);
  },
};
