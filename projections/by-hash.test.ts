import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from 'pg';
import { openLive } from './models.js';
import type { Projection } from './projection.js';
import { rebuild } from './rebuild/rebuild.js';
import { dropOld } from './rebuild/switch.js';
import { testRuns } from './testing/runs.js';
import { play } from './testing/stories.js';

const { fresh, starting } = testRuns();
const PARTS = 8;
const PLAYERS = 40;

/** What each player told, in a table of either kind, partitioned by player. */
const notes: Projection = {
  name: 'notes',
  version: 1,
  types: ['GameEventRecorded'],
  tables: {
    notes: {
      how: 'add',
      key: ['player_id', 'id'],
      byHash: { column: 'player_id', parts: PARTS },
      columns: { player_id: 'text', id: 'text', type: 'text' },
      indexes: [['player_id', 'type']],
    },
    last_notes: {
      how: 'put',
      key: ['player_id'],
      byHash: { column: 'player_id', parts: PARTS },
      columns: { player_id: 'text', id: 'text' },
    },
  },
  fold: ({ id, subject, data }) => ({
    notes: { player_id: subject, id, type: (data as { type: string }).type },
    last_notes: { player_id: subject, id },
  }),
};

async function taken() {
  const log = play({ players: PLAYERS, events: 400 });
  const { pool } = await fresh();
  const run = starting(log, pool, [notes]);
  assert.ok(await run.caughtUpWithLog(60_000));
  await run.stop();
  return { log, pool };
}

const rowsIn = async (pool: Pool, table: string) =>
  (await pool.query(`select t.*, tableoid::regclass::text as part from ${table} t order by 1, 2`)).rows;

const partsIn = async (pool: Pool, schema: string) =>
  (
    await pool.query(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where c.relnamespace = $1::regnamespace and c.relkind = 'r' order by c.oid`,
      [schema],
    )
  ).rows.map(({ name }) => name as string);

const PARTITIONS = Object.keys(notes.tables).flatMap((table) =>
  Array.from({ length: PARTS }, (_, part) => `${table}_${part}`),
);

test('a question for one player looks into one partition, whatever else there is', async () => {
  const { pool } = await taken();
  const all = await rowsIn(pool, 'notes');
  assert.ok(new Set(all.map(({ part }) => part)).size > 1, 'the players are spread');
  await pool.query('analyze notes');
  for (const question of [
    "select * from notes where player_id = 'p7' order by id",
    "select * from notes where player_id = 'p7' and type = 'player.kill'",
    "select * from last_notes where player_id = 'p7'",
  ]) {
    const { rows } = await pool.query(`explain ${question}`);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    assert.equal(new Set(plan.match(/\b(last_)?notes_\d+\b/g)).size, 1, plan);
  }
});

test('its partitions are built beside the ones that are read, compared, moved and dropped with it', async () => {
  const { log, pool } = await taken();
  const before = await rowsIn(pool, 'notes');
  assert.deepEqual(await partsIn(pool, 'public'), PARTITIONS);
  const [same] = await rebuild({ log, pool }, [notes], { signal: new AbortController().signal });
  assert.ok(same!.comparison!.equal, JSON.stringify(same));
  assert.deepEqual(await rowsIn(pool, 'notes'), before);
  for (const schema of ['public', 'agl_old']) assert.deepEqual(await partsIn(pool, schema), PARTITIONS);
  const indexes = await pool.query(
    "select count(*)::int as n from pg_indexes where indexname like 'notes_%_idx'",
  );
  assert.equal(indexes.rows[0].n, 2 * PARTS);
  assert.equal(await dropOld(pool, notes), true);
  assert.deepEqual(await partsIn(pool, 'agl_old'), []);
});

test('what is not as it was is found, in whichever partition', async () => {
  const { log, pool } = await taken();
  await pool.query("update notes set type = 'other' where player_id = 'p3'");
  const [found] = await rebuild({ log, pool }, [notes], { signal: new AbortController().signal });
  const { changed, gone, added } = found!.comparison!.tables[0]!.difference!;
  assert.deepEqual([changed, gone, added], [10, 0, 0]);
});

test('a table that is partitioned by what is not in its key is refused, and nothing is made', async () => {
  const { pool } = await fresh();
  const { last_notes } = notes.tables;
  const byId = { ...last_notes!, byMonth: undefined, byHash: { column: 'id', parts: 2 } };
  await assert.rejects(openLive(pool, { ...notes, tables: { last_notes: byId } }), /partition/);
  const { rows } = await pool.query("select to_regclass('last_notes') as there");
  assert.equal(rows[0].there, null);
});
