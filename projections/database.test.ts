import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { inTransaction, isDatabaseDown, openPool } from './database.js';
import { keepingLogger, testServer } from './testing/database.js';

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code });

test('what is down and what is a fault of the question', () => {
  for (const code of [
    'ECONNREFUSED',
    'ECONNRESET',
    '57P01',
    '57P03',
    '53300',
    '53100',
    '08006',
    '58030',
    '40001',
  ]) {
    assert.ok(isDatabaseDown(withCode(code)), code);
  }
  assert.ok(isDatabaseDown(new Error('Connection terminated unexpectedly')));
  assert.ok(isDatabaseDown(new Error('timeout exceeded when trying to connect')));
  assert.ok(isDatabaseDown(new AggregateError([withCode('ECONNREFUSED')])));
  for (const code of ['42P01', '22P05', '23505']) assert.ok(!isDatabaseDown(withCode(code)), code);
  assert.ok(!isDatabaseDown(new TypeError('x is undefined')));
  assert.ok(!isDatabaseDown('down'));
});

test('a transaction is whole or nothing, and a cut connection is down, not the end of the process', async () => {
  const server = await testServer();
  try {
    const logger = keepingLogger();
    const pool = openPool({ url: server.url, logger });
    await pool.query('create table t (n integer)');
    const failed = inTransaction(pool, async (client) => {
      await client.query('insert into t values (1)');
      await client.query('select nothing from nowhere');
    });
    await assert.rejects(failed, { code: '42P01' });
    assert.deepEqual((await pool.query('select * from t')).rows, []);
    const cut = inTransaction(pool, async (client) => {
      await client.query('insert into t values (2)');
      await client.query('select pg_terminate_backend(pg_backend_pid())');
    });
    await assert.rejects(cut, isDatabaseDown);
    assert.deepEqual((await pool.query('select * from t')).rows, []);
    await pool.end();
    const nobody = new pg.Pool({ connectionString: 'postgres://a:b@127.0.0.1:1/x' });
    await assert.rejects(nobody.query('select 1'), isDatabaseDown);
  } finally {
    await server.stop();
  }
});

test('when a pool has ended, the server has let go of all its connections', async () => {
  const server = await testServer();
  try {
    const pool = openPool({ url: server.url, logger: keepingLogger() });
    await Promise.all(Array.from({ length: 10 }, () => pool.query('select pg_sleep(0.05)')));
    await pool.end();
    const looking = new pg.Client({ connectionString: server.url });
    await looking.connect();
    const { rows } = await looking.query("select 1 from pg_stat_activity where application_name = 'agl'");
    await looking.end();
    assert.deepEqual(rows, []);
  } finally {
    await server.stop();
  }
});
