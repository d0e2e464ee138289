import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBook } from '../domain/emotion/book.js';
import { projectionsOf } from './index.js';
import { indexOfMemories, MEMORY_VECTORS, pointId } from './memory/index-of-memories.js';
import { indexParts } from './memory/testing/index-parts.js';
import { aLife, forgotten, minute, penta, said } from './memory/testing/told.js';
import { rebuild } from './rebuild/rebuild.js';
import { until } from './testing/processes.js';
import { testRuns } from './testing/runs.js';
import { registered } from './testing/stories.js';

const { fresh, starting } = testRuns();
const { signal } = new AbortController();

/** Memories, and where they are found by their meaning, on a life. */
async function found(log = aLife()) {
  const { pool } = await fresh();
  const index = indexParts();
  const which = projectionsOf(openBook(), {
    index: { store: indexOfMemories(index.parts), model: index.parts.embedder.model },
  }).filter(({ name }) => name.startsWith('memor'));
  const run = starting(log, pool, which);
  const caughtUp = async () =>
    assert.ok(await run.caughtUp(await log.head(), 60_000, ['memories', 'memory_vectors']));
  const points = () => index.points(MEMORY_VECTORS).map(({ payload, playerId }) => [playerId, payload.key]);
  return { ...index, log, pool, which, run, caughtUp, points, all: index.points };
}

test('there is one point a player and key, at what its sentence means, and equal sentences are embedded once', async () => {
  const log = aLife();
  log.tell('player-p1', registered(), penta(minute(1)), penta(minute(2)));
  const { caughtUp, points, embeddings, all } = await found(log);
  await caughtUp();
  assert.deepEqual(
    points()
      .map(([player, key]) => [player, key!.split('/')[0]])
      .sort(),
    [
      ['p0', 'achievement'],
      ['p0', 'multi_kill'],
      ['p0', 'talk'],
      ['p1', 'multi_kill'],
    ],
  );
  assert.ok(embeddings.asked.includes('You told me: "my cat is called Momo".'));
  const sentence = '你用Jinx打出了五连杀。';
  assert.equal(embeddings.asked.filter((text) => text === sentence).length, 1);
  const held = JSON.stringify(all(MEMORY_VECTORS).map(({ vector: _, ...point }) => point));
  assert.doesNotMatch(held, /Momo|cat/);
});

test('what is forgotten has no point, and what comes after it a new one', async () => {
  const { log, caughtUp, points } = await found();
  await caughtUp();
  log.tell('player-p0', forgotten(['multi_kill/5/Jinx'], ['any'], minute(8)));
  await caughtUp();
  assert.ok(!points().some(([, key]) => key === 'multi_kill/5/Jinx'));
  log.tell('player-p0', penta(minute(9)));
  await caughtUp();
  assert.ok(points().some(([, key]) => key === 'multi_kill/5/Jinx'));
});

test('what nobody can open any more, or has no vector, has no point; the latter is said', async () => {
  const log = aLife();
  log.tell('player-p0', said('please refuse this', minute(9)));
  log.tell('player-p1', registered(), said('my dog is called Rex', minute(9)), penta(minute(10)));
  const around = await found(log);
  around.erased.add('p1');
  await around.caughtUp();
  const keys = around.points().map(([player, key]) => [player, key!.split('/')[0]]);
  assert.deepEqual(
    keys.filter(([player]) => player === 'p1'),
    [['p1', 'multi_kill']],
  );
  assert.equal(keys.filter(([, kind]) => kind === 'talk').length, 1);
  assert.deepEqual(around.refusals, ['talk: refused']);
});

test('while vectors or their store are away everything else goes on, and they come later', async () => {
  const { log, caughtUp, points, run, embeddings, state } = await found();
  await caughtUp();
  for (const away of [embeddings, state]) {
    away.away = true;
    log.tell('player-p0', penta(minute(30)), said(`I have a secret ${away === state}`, minute(31)));
    assert.ok(await run.caughtUpWithLog(60_000), 'memories go on');
    const trouble = async () =>
      (await run.status()).find(({ name }) => name === 'memory_vectors')?.trouble ?? '';
    await until('it says why', async () => /nobody answers/.test(await trouble()));
    away.away = false;
    await caughtUp();
  }
  assert.equal(points().filter(([, key]) => key!.startsWith('talk')).length, 3);
});

test('a rebuild makes the very same points', async () => {
  const { log, pool, which, caughtUp, run, all } = await found();
  await caughtUp();
  await run.stop();
  const plain = () => all(MEMORY_VECTORS).map(({ vector, ...point }) => ({ ...point, vector: [...vector] }));
  const live = plain();
  assert.ok(live.length >= 3);
  await rebuild({ log, pool }, which, { signal });
  assert.deepEqual(plain(), live);
});

test('a point has the id of its player and key', () => {
  assert.equal(pointId('p', 'k'), pointId('p', 'k'));
  assert.notEqual(pointId('p', 'k'), pointId('q', 'k'));
});
