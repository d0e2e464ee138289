import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import type { Pool } from 'pg';
import type { MemoryLog } from '../../eventstore/testing/memory-log.js';
import { projections } from '../index.js';
import { type RunningProjections, startProjections } from '../runner.js';
import { keepingLogger, type TestServer, testServer } from './database.js';

/** Every row of these read models, as Postgres writes it, in an order of its own. */
export async function allRows(pool: Pool, which = projections): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of which.flatMap(({ tables }) => Object.keys(tables))) {
    const { rows } = await pool.query<[string]>({
      text: `select t::text from ${table} as t order by 1`,
      rowMode: 'array',
    });
    all[table] = rows.map(([row]) => row);
  }
  return all;
}

/** A Postgres for the tests of one file, and runs over it that end with their test. */
export function testRuns() {
  let server: TestServer;
  let started: RunningProjections[] = [];
  before(async () => {
    server = await testServer();
  });
  afterEach(async () => {
    await Promise.all(started.map((running) => running.stop()));
    started = [];
  });
  after(() => server.stop());

  const starting = (log: MemoryLog, pool: Pool, which = projections) => {
    const logger = keepingLogger();
    const running = startProjections({ log, pool, projections: which, logger });
    started.push(running);
    return { logger, ...running };
  };

  /** What an undisturbed run over a log makes. */
  const cleanRun = async (log: MemoryLog, which = projections): Promise<Record<string, string[]>> => {
    const { pool } = await server.fresh();
    const run = starting(log, pool, which);
    assert.ok(await run.caughtUpWithLog(60_000));
    await run.stop();
    assert.deepEqual(run.logger.lines, []);
    return allRows(pool, which);
  };

  return { fresh: (of?: { url: string }) => server.fresh(of), dir: () => server.dir, starting, cleanRun };
}
