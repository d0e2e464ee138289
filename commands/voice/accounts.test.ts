import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type pg from 'pg';
import { until } from '../../eventstore/testing/events.js';
import { openPool } from '../../projections/database.js';
import { keepingLogger, type TestServer, testServer } from '../../projections/testing/database.js';
import { accountsContract, aReservation, assertSpent } from './accounts.contract.js';
import { accountsInPostgres } from './accounts.pg.js';
import { accountsInMemory } from './testing/accounts.js';

let server: TestServer;
let here: pg.Pool;
let there: pg.Pool;
before(async () => {
  server = await testServer();
  const { url, pool } = await server.fresh();
  here = pool;
  there = openPool({ url, logger: keepingLogger(), max: 12 });
});
after(async () => {
  await there.end();
  await server.stop();
});

accountsContract(
  'in memory',
  async () => {
    const accounts = accountsInMemory();
    return [accounts, accounts];
  },
  200,
);
accountsContract(
  'in Postgres, two instances',
  async () => [accountsInPostgres(here), accountsInPostgres(there)],
  12,
);

describe('the accounts in Postgres', () => {
  it('grant exactly what fits also when a connection dies in the middle: asked again, nothing is lost', async () => {
    const both = [accountsInPostgres(here), accountsInPostgres(there)] as const;
    const gameId = randomUUID();
    const first = aReservation({ gameId, gameCap: 205 });
    await both[0].reserve(first);
    const wanted = Array.from({ length: 200 }, () => aReservation({ gameId, gameCap: 205 }));
    // Who holds the game's account makes the others wait in the middle of their transactions.
    const holder = await here.connect();
    await holder.query('begin');
    await holder.query('select * from line_accounts where account = $1 for update', [`game ${gameId}`]);
    const answers = Promise.allSettled(wanted.map((one, nth) => both[nth % 2]!.reserve(one)));
    const killed = async () => {
      const { rows } = await holder.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid() limit 1`,
      );
      return rows.length === 1;
    };
    await until(killed);
    await holder.query('commit');
    holder.release();
    const settled = await answers;
    const died = settled.flatMap(({ status }, nth) => (status === 'rejected' ? [wanted[nth]!] : []));
    assert.equal(died.length, 1, 'one connection died, and nothing else did');
    const granted = settled.filter((one) => one.status === 'fulfilled' && one.value === 'granted').length;
    assert.equal(granted + 1, 20, 'the first and these');
    assert.equal(await both[0].reserve(died[0]!), 'game_budget', 'what it began was taken back');
    await assertSpent(both[1], first, { game: 200, player: 10 });
  });

  it('are left at peace by lines of long ago', async () => {
    const old = aReservation({ day: '2026-01-01' });
    await accountsInPostgres(here).reserve(old);
    const accounts = accountsInPostgres(here);
    await accounts.reserve(aReservation({ day: '2026-02-20' }));
    const { rowCount } = await here.query('select 1 from line_reservations where id = $1', [old.id]);
    assert.equal(rowCount, 0);
    await accounts.settle(old.id, 3);
    await assertSpent(accounts, { ...old, day: '2026-01-01' }, { game: 0, player: 0 });
  });

  it('say that they cannot be asked: then nothing may be spent', async () => {
    const { url } = await server.fresh();
    const pool = openPool({ url, logger: keepingLogger() });
    await pool.query('drop table line_accounts');
    await assert.rejects(accountsInPostgres(pool).reserve(aReservation()));
    await pool.end();
  });
});
