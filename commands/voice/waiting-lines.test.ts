import { after, before } from 'node:test';
import type pg from 'pg';
import { openPool } from '../../projections/database.js';
import { keepingLogger, type TestServer, testServer } from '../../projections/testing/database.js';
import { waitingLinesInMemory } from './testing/waiting-lines.js';
import { waitingLinesContract } from './waiting-lines.contract.js';
import { waitingLinesInPostgres } from './waiting-lines.pg.js';

let server: TestServer;
let here: pg.Pool;
let there: pg.Pool;
before(async () => {
  server = await testServer();
  const { url, pool } = await server.fresh();
  here = pool;
  there = openPool({ url, logger: keepingLogger() });
});
after(async () => {
  await there.end();
  await server.stop();
});

waitingLinesContract('in memory', async () => {
  const waiting = waitingLinesInMemory();
  return [waiting, waiting];
});
waitingLinesContract('in Postgres, two instances', async () => {
  await here.query('truncate line_batches');
  return [waitingLinesInPostgres(here), waitingLinesInPostgres(there)];
});
