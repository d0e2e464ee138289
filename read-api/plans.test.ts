import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import { projections } from '../projections/index.js';
import { makePartition } from '../projections/partitions.js';
import { tablesOf } from '../projections/tables.js';
import { ask, serve, served } from './testing/served.js';

/** All that are partitioned by month: what is added to them is looked at here as well. */
const byMonth = projections.flatMap((projection) =>
  tablesOf(projection).flatMap(([name, table]) => (table.byMonth ? [name] : [])),
);
const PARTITION = new RegExp(`\\b(${byMonth.join('|')})_(\\d{4}_\\d{2})`, 'g');
const MONTHS = Array.from({ length: 12 }, (_, nth) => `2026-${String(nth + 1).padStart(2, '0')}`);

/** A pool that also keeps what Postgres means to read for each of its queries. */
function explaining(pool: Pool, plans: string[]): Pool {
  const query = async (sql: string, values?: unknown[]) => {
    const { rows } = await pool.query(`explain ${sql}`, values);
    plans.push(rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n'));
    return pool.query(sql, values);
  };
  return new Proxy(pool, { get: (of, name) => (name === 'query' ? query : Reflect.get(of, name)) });
}

const from = '2026-11-20T10:00:05Z';
const to = '2026-11-21T00:00:00Z';
const figures = 'from=2026-11-19&to=2026-11-30';

/** Each question about times, and the months that it may look at. */
const questions: [question: string, months: string[]][] = [
  [`/players/p0/timeline?from=${from}&to=${to}`, ['2026_11']],
  [`/players/p0/timeline?from=${from}~3&to=${to}`, ['2026_11']],
  [`/players/p0/emotions?from=${from}&to=${to}`, ['2026_11']],
  [`/players/p0/actions?from=${from}&to=${to}`, ['2026_11']],
  // Two months back at first: that is where nearly everybody's latest is.
  [`/players/p0/emotion?at=${to}`, ['2026_09', '2026_10', '2026_11']],
  // Who came back may have done so a month later.
  [`/analytics/overview?${figures}`, ['2026_11', '2026_12']],
  [`/analytics/engagement?${figures}`, ['2026_11', '2026_12']],
  [`/analytics/emotions?${figures}`, ['2026_11']],
  [`/analytics/dialogue?${figures}`, []],
  [`/analytics/cost?${figures}`, ['2026_11']],
];

describe('a question about times', () => {
  const { pool, running } = served();
  const plans: string[] = [];
  const looked = new Set<string>();
  let app: NestFastifyApplication;
  before(async () => {
    for (const table of byMonth)
      for (const month of MONTHS) await makePartition(pool(), { schema: 'public', table, month });
    app = await serve({ pool: explaining(pool(), plans), projections: running() });
  });
  after(() => app?.close());

  for (const [question, months] of questions)
    it(`looks at its months alone: ${question}`, async () => {
      plans.length = 0;
      const { status, body } = await ask(app, question, 'owner');
      assert.equal(status, 200, JSON.stringify(body));
      assert.ok(plans.length > 0);
      const found = plans.flatMap((plan) => [...plan.matchAll(PARTITION)]);
      for (const [, table, month] of found) {
        looked.add(table!);
        assert.ok(months.includes(month!), `${table} of ${month}:\n${plans.join('\n\n')}`);
      }
      assert.equal(found.length > 0, months.length > 0);
    });

  it('was asked of every table that has months', () => {
    assert.deepEqual([...looked].sort(), [...byMonth].sort());
  });
});
