import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { migrate, migrationNames } from '../migrations/index.js';
import { gameEvents } from './game-events.js';
import { projections } from './index.js';
import { openLive } from './models.js';
import { playerRows } from './player-rows.js';
import { type TestServer, testServer } from './testing/database.js';

let server: TestServer;
before(async () => {
  server = await testServer();
});
after(() => server.stop());

async function emptyDatabase(name: string): Promise<{ url: string; client: pg.Client }> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = server.url.replace(/\/postgres$/, `/${name}`);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return { url, client };
}

test('engines that start together migrate once; a start after that does nothing', async () => {
  const { url, client } = await emptyDatabase('together');
  const ran = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  assert.deepEqual(ran.flat(), [...migrationNames]);
  assert.deepEqual(await migrate(url), []);
  await client.end();
});

test('the mark that a killed migration leaves does not block the next start', async () => {
  const { url, client } = await emptyDatabase('marked');
  await migrate(url);
  await client.query('update knex_migrations_lock set is_locked = 1');
  assert.deepEqual(await migrate(url), []);
  await client.end();
});

test('a database that is not there is one clear line', async () => {
  await assert.rejects(migrate('postgres://a:b@127.0.0.1:1/x'), (error: Error) => {
    assert.match(error.message, /^the database cannot be migrated: .*ECONNREFUSED/);
    assert.ok(!error.message.includes('\n'));
    return true;
  });
});

test('a read model makes its tables as it declares them, partitioned where it says so', async () => {
  const { pool } = await server.fresh();
  for (const projection of projections) {
    await openLive(pool, projection);
    for (const [table, { columns, byMonth, byHash, key }] of Object.entries(projection.tables)) {
      const { rows } = await pool.query(
        `select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as must from pg_attribute
          where attrelid = $1::regclass and attnum > 0`,
        [table],
      );
      const found = rows.map(({ name, type, must }) => [
        name,
        `${type.replace('timestamp with time zone', 'timestamptz')}${must ? '' : '?'}`,
      ]);
      assert.deepEqual(Object.fromEntries(found), columns);
      const parts = await pool.query('select pg_get_partkeydef($1::regclass) as key', [table]);
      const hashed = byHash ? `HASH (${byHash.column})` : null;
      assert.equal(parts.rows[0].key, byMonth ? 'RANGE (at)' : hashed);
      const index = await pool.query(
        'select pg_get_indexdef(indexrelid) as def from pg_index where indrelid = $1::regclass and indisprimary',
        [table],
      );
      assert.ok(index.rows[0].def.endsWith(`(${key.join(', ')})`), index.rows[0].def);
    }
  }
});

test('a state has room on its pages, also one that was made before it was to', async () => {
  const { url, client } = await emptyDatabase('room');
  await migrate(url);
  const pool = new pg.Pool({ connectionString: url });
  const states = projections.flatMap(({ state }) =>
    state === 'players' || state === 'games' ? [] : (state ?? []),
  );
  for (const projection of projections) await openLive(pool, projection);
  const roomOf = async (table: string) =>
    (await client.query('select reloptions from pg_class where oid = $1::regclass', [table])).rows[0]
      .reloptions;
  for (const state of states) assert.deepEqual(await roomOf(state), ['fillfactor=75'], state);
  const before = 'memory_minds';
  await client.query(`alter table ${before} reset (fillfactor)`);
  await client.query("delete from knex_migrations where name like '%room-for-states'");
  await migrate(url);
  assert.deepEqual(await roomOf(before), ['fillfactor=75']);
  await Promise.all([pool.end(), client.end()]);
});

test('a question about a player reads along the key, and only in the months it is about', async () => {
  const { pool } = await server.fresh();
  await openLive(pool, gameEvents);
  for (const [from, to] of [
    ['2024-01-01', '2024-02-01'],
    ['2024-02-01', '2024-03-01'],
    ['2024-03-01', '2024-04-01'],
  ]) {
    const name = `game_events_${from!.slice(0, 7).replace('-', '_')}`;
    await pool.query(
      `create table ${name} partition of game_events for values from ('${from}Z') to ('${to}Z')`,
    );
  }
  await pool.query(`insert into game_events
    select 'p' || n % 50, '2024-01-01Z'::timestamptz + n * interval '8 minutes', n, n, gen_random_uuid(), 'g', 'c',
      'player.kill', now(), '{}', '{}' from generate_series(0, 15000) as n`);
  await pool.query('analyze game_events');
  const plans: string[] = [];
  const explaining = {
    query: async (sql: string, values: unknown[]) => {
      const { rows } = await pool.query(`explain ${sql}`, values);
      plans.push(rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n'));
      return { rows: [] };
    },
  } as unknown as pg.Pool;
  const from = { at: '2024-02-10T00:00:00.000Z', revision: 7 };
  await playerRows(explaining, 'game_events', {
    playerId: 'p7',
    from,
    upTo: '2024-02-20T00:00:00Z',
    limit: 10,
  });
  assert.match(plans[0]!, /Index Scan using game_events_2024_02_pkey/);
  assert.doesNotMatch(plans[0]!, /2024_01|2024_03|Sort|Seq Scan/);
  await playerRows(explaining, 'game_events', { playerId: 'p7', limit: 10 });
  assert.match(plans[1]!, /Append/);
  assert.doesNotMatch(plans[1]!, /Sort|Seq Scan/);
});
