import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { PoolClient } from 'pg';
import { openLocks } from './locks.js';
import { type TestServer, testServer } from './testing/database.js';

let server: TestServer;
before(async () => {
  server = await testServer();
});
after(() => server.stop());

test('one of several has a lock, until it lets go or its connection ends', async () => {
  const { pool } = await server.fresh();
  const [one, two] = [await openLocks(pool), await openLocks(pool)];
  assert.equal(await one.take(['a', 'b']), true);
  assert.equal(await two.take(['b', 'c']), true);
  assert.deepEqual([[...one.held], [...two.held]], [['a', 'b'], ['c']]);
  await one.release();
  assert.equal(await two.take(['a', 'b', 'c']), true);
  await two.release();
});

test('the server asks whether who holds locks is still there: a machine without power does not say that it goes', async () => {
  const { pool } = await server.fresh();
  let client: PoolClient | undefined;
  const watched = Object.assign(Object.create(pool), {
    connect: async () => (client = await pool.connect()),
  }) as typeof pool;
  const locks = await openLocks(watched);
  const settings = ['idle', 'interval', 'count'].map((name) => `tcp_keepalives_${name}`);
  const { rows } = await client!.query(
    'select name, setting::int as seconds from pg_settings where name = any($1)',
    [settings],
  );
  const of = Object.fromEntries(rows.map(({ name, seconds }) => [name, seconds]));
  const [idle = 0, interval = 0, count = 0] = settings.map((name) => of[name]);
  assert.ok(idle > 0 && idle + interval * count <= 30, JSON.stringify(of));
  await locks.release();
});
