import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { readModels } from '../models.js';
import type { Projection } from '../projection.js';
import { cabinet } from '../testing/cabinet.js';
import { idOf, notes, pointsIn } from '../testing/notes.js';
import { until } from '../testing/processes.js';
import { testRuns } from '../testing/runs.js';
import { gameEvent, play } from '../testing/stories.js';
import { ask } from './builder.js';
import { dropOld } from './switch.js';

const { fresh, starting } = testRuns();
const POINTS = ['points'];

/** Points that tell by which model they were made: those of two do not go together. */
async function made() {
  const log = play({ players: 3, events: 60 });
  const { pool } = await fresh();
  const shelf = cabinet(idOf);
  const points = pointsIn(shelf.store);
  const by = (model: string): Projection => ({
    ...points,
    madeBy: model,
    madeByIsVersion: true,
    fold: (event, state) => {
      const folded = points.fold(event, state);
      return { ...folded, points: { ...folded.points, model } };
    },
  });
  const first = starting(log, pool, [by('one')]);
  assert.ok(await first.caughtUp(await log.head(), 60_000, POINTS));
  const models = () => [...new Set(shelf.rows('points').map(({ model }) => model))];
  const tell = () => log.tell('player-p0', gameEvent('player.kill', '2026-11-22T00:00:00Z'));
  return { log, pool, shelf, by, first, models, tell };
}

const stagesOf = async (pool: Pool) =>
  (await readModels(pool)).map(({ stage, madeBy }) => `${stage} by ${madeBy}`).sort();

test('made by another, it is built beside the one that is read, and switched; the old one is kept until dropped', async () => {
  const { log, pool, shelf, by, first, models, tell } = await made();
  await first.stop();
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  shelf.hinder((call) => (call === 'write' ? held : undefined));
  tell();
  const next = starting(log, pool, [by('other')]);
  await until('it is being built', async () => (await next.status())[0]!.state === 'building');
  assert.deepEqual(models(), ['one']);
  assert.equal(shelf.rows('points').length, 60, 'nothing is added to the one that is read');
  letThrough();
  assert.ok(await next.caughtUp(await log.head(), 60_000, POINTS));
  assert.deepEqual([models(), shelf.rows('points').length], [['other'], 61]);
  assert.deepEqual(await stagesOf(pool), ['live by other', 'old by one']);
  await next.stop();
  await dropOld(pool, by('other'));
  assert.equal(shelf.generations.size, 1);
  const again = starting(log, pool, [by('other')]);
  tell();
  assert.ok(await again.caughtUp(await log.head(), 60_000, POINTS));
  assert.deepEqual(await stagesOf(pool), ['live by other'], 'by the same nothing is built');
});

test('of two engines that make it differently the newer one keeps it, and they do not take turns', async () => {
  const { log, pool, by, first, models, tell } = await made();
  const next = starting(log, pool, [by('other')]);
  assert.ok(await next.caughtUp(await log.head(), 60_000, POINTS));
  tell();
  assert.ok(await next.caughtUp(await log.head(), 60_000, POINTS));
  await until('the other one has seen it', async () =>
    first.logger.lines.some(({ message }) => message === 'a newer engine keeps this read model'),
  );
  // Long enough for it to have asked, and built.
  await sleep(2_500);
  assert.deepEqual(await stagesOf(pool), ['live by other', 'old by one']);
  assert.deepEqual(models(), ['other']);
});

test('whoever asks from outside need not know by what it is made', async () => {
  const { log, pool, by, first, models } = await made();
  const generation = async () => (await readModels(pool)).find(({ stage }) => stage === 'live')!.generation;
  const before = await generation();
  await ask(pool, by('nobody knows'), { by: 'http' });
  await until('it is built', async () => (await generation()) !== before);
  assert.deepEqual(models(), ['one']);
  assert.deepEqual(await stagesOf(pool), ['live by one', 'old by one']);
  assert.ok(await first.caughtUp(await log.head(), 60_000, POINTS));
});

test('where it does not count, another `madeBy` goes on with what is there', async () => {
  const log = play({ players: 3, events: 60 });
  const { pool } = await fresh();
  for (const madeBy of ['one', 'other']) {
    const run = starting(log, pool, [{ ...notes, madeBy }]);
    log.tell('player-p0', gameEvent('player.kill', '2026-11-22T00:00:00Z'));
    assert.ok(await run.caughtUpWithLog(60_000));
    await run.stop();
  }
  assert.deepEqual(await stagesOf(pool), ['live by one']);
});
