import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type TestServer, testServer } from '../testing/database.js';
import { aliasPromises } from './aliases.contract.js';
import { documentAbsent } from './testing/openapi.js';
import { type QdrantServer, startQdrant } from './testing/qdrant-server.js';
import { type Side, vectorPromises } from './vectors.contract.js';
import { vectorsInPostgres } from './vectors.pg.js';
import { vectorsInQdrant } from './vectors.qdrant.js';

const promises = { ...vectorPromises, ...aliasPromises };

describe('vectors in Postgres', () => {
  let server: TestServer;
  let side: Side;
  before(async () => {
    server = await testServer();
    const { pool } = await server.fresh();
    // The other one keeps nothing: all it finds is read anew.
    side = {
      store: vectorsInPostgres({ pool }),
      other: vectorsInPostgres({ pool, cacheBytes: 0 }),
      recall: 1,
    };
  });
  after(() => server.stop());
  for (const [promise, kept] of Object.entries(promises)) it(promise, () => kept(side));
});

describe('vectors in Qdrant, by a local server of its routes', () => {
  let server: QdrantServer;
  let side: Side;
  before(async () => {
    server = await startQdrant();
    const settings = { url: server.url, searchMs: 30_000 };
    const [store, other] = [vectorsInQdrant(settings), vectorsInQdrant(settings)];
    side = { store, other, recall: 1 };
  });
  after(() => server.kill());
  for (const [promise, kept] of Object.entries(promises)) it(promise, () => kept(side));

  it("asks and is answered as Qdrant's own document says", { skip: documentAbsent }, () => {
    assert.deepEqual(server.wrong, []);
    assert.ok(server.asked.length > 500);
  });

  it('never deletes and never searches without naming the player', () => {
    const bound = server.asked.filter(({ path }) => /\/points\/(delete|query)$/.test(path));
    assert.ok(bound.length > 100);
    for (const { body } of bound) {
      const [first] = (body as { filter: { must: { key: string; match: { value: string } }[] } }).filter.must;
      assert.equal(first?.key, 'playerId');
      assert.ok(first.match.value.length > 0);
    }
  });
});

describe('vectors in a real Qdrant', {
  skip: process.env.QDRANT_URL ? false : 'no QDRANT_URL is set',
}, () => {
  const settings = { url: process.env.QDRANT_URL ?? '', apiKey: process.env.QDRANT_API_KEY };
  const side = { store: vectorsInQdrant(settings), other: vectorsInQdrant(settings), recall: 0.98 };
  for (const [promise, kept] of Object.entries(promises)) it(promise, () => kept(side));
});
