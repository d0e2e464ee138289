import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from 'pg';
import { openBook } from '../../domain/emotion/book.js';
import type { MemoryLog } from '../../eventstore/testing/memory-log.js';
import { projectionsOf } from '../index.js';
import { readModel } from '../models.js';
import { testRuns } from '../testing/runs.js';
import { play } from '../testing/stories.js';
import { ask } from './builder.js';
import { rebuild } from './rebuild.js';

const { fresh } = testRuns();

/** Read models by a model of feeling of that name, which stirs everybody by so much. */
const by = (version: string, change: number) => {
  const predict = () => ({ arousal: { change, confidence: 0.9 } });
  return projectionsOf(openBook({ models: [{ version, features: '', predict }], model: version }));
};
const [one, other] = [by('m-one', 0.1), by('m-other', 0.3)];
const named = (which: ReturnType<typeof by>, name: string) => which.find((all) => all.name === name)!;

/** Builds without a switch: half done. How many events it had to read for that. */
async function built(log: MemoryLog, pool: Pool, projection: ReturnType<typeof named>): Promise<number> {
  let read = 0;
  await rebuild({ log, pool }, [projection], {
    signal: new AbortController().signal,
    dryRun: true,
    onProgress: (told) => {
      if (told.phase === 'reading') read = told.events;
    },
  });
  return read;
}

/** By what the rows being built were felt. */
const modelsIn = async (pool: Pool) =>
  (
    await pool.query('select distinct model from agl_next.emotions where model is not null order by model')
  ).rows.map(({ model }) => model);

test('a build begun under another model of feeling begins anew, and holds nothing of that model', async () => {
  const log = play({ events: 200 });
  const { pool } = await fresh();
  const whole = await built(log, pool, named(one, 'emotions'));
  assert.ok(whole >= 200);
  assert.deepEqual(await modelsIn(pool), ['m-one']);
  assert.equal(await built(log, pool, named(one, 'emotions')), 0, 'under the same it goes on');
  assert.equal(await built(log, pool, named(other, 'emotions')), whole);
  assert.deepEqual(await modelsIn(pool), ['m-other']);
});

test('one that nobody feels for goes on under whatever model', async () => {
  const log = play({ events: 200 });
  const { pool } = await fresh();
  assert.ok((await built(log, pool, named(one, 'game_events'))) >= 200);
  assert.equal(await built(log, pool, named(other, 'game_events')), 0);
});

test('who asks for a build and knows no model gives up nothing of what was begun', async () => {
  const log = play({ events: 200 });
  const { pool } = await fresh();
  await built(log, pool, named(one, 'emotions'));
  const before = await readModel(pool, 'emotions', 'next');
  await ask(pool, named(projectionsOf(openBook()), 'emotions'), { by: 'http' });
  const asked = await readModel(pool, 'emotions', 'next');
  assert.deepEqual([asked!.generation, asked!.asked], [before!.generation, { by: 'http' }]);
  assert.equal(await built(log, pool, named(one, 'emotions')), 0);
  assert.ok((await built(log, pool, named(other, 'emotions'))) >= 200);
  assert.deepEqual(
    (await readModel(pool, 'emotions', 'next'))!.asked,
    { by: 'http' },
    'it is still asked for',
  );
});
