import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testServer } from '../projections/testing/database.js';
import { startQdrant } from '../projections/vectors/testing/qdrant-server.js';
import { readSettings } from './settings.js';
import { openVectors } from './vectors.js';

const shape = { dimension: 8, model: 'm' };

test('the vectors are in Qdrant where one is named, with its key, and in Postgres otherwise', async () => {
  const [server, qdrant] = [await testServer(), await startQdrant({ apiKey: 'k' })];
  try {
    const { pool } = await server.fresh();
    const named = { QDRANT_URL: qdrant.url, QDRANT_API_KEY: 'k' };
    const [embedded, vendor] = [openVectors(readSettings({}), pool), openVectors(readSettings(named), pool)];
    await embedded.create('here', shape);
    await vendor.create('there', shape);
    assert.deepEqual(qdrant.store.names(), ['there']);
    const { rows } = await pool.query('select name from vectors.collections');
    assert.deepEqual(rows, [{ name: 'here' }]);
  } finally {
    await Promise.all([server.stop(), qdrant.kill()]);
  }
});
