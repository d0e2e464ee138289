import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPosition } from '../domain/kernel/position.js';
import { projections } from '../projections/index.js';
import { openLocks } from '../projections/locks.js';
import { openNext, readModels } from '../projections/models.js';
import { rebuildLock } from '../projections/rebuild/lock.js';
import { until } from '../projections/testing/processes.js';
import { gameEvent } from '../projections/testing/stories.js';
import { served } from './testing/served.js';

const { log, get, post, remove, running, pool, refusedWith } = served();

test('a read model is built anew when the operator asks for it, and read all the while', async () => {
  const before = (await get('/players/p0/emotions')).body;
  const generation = async () =>
    (await readModels(pool())).find(({ name, stage }) => name === 'emotions' && stage === 'live')!.generation;
  const first = await generation();
  const { status, body } = await post('/projections/emotions/rebuild');
  assert.deepEqual([status, body], [202, { name: 'emotions', state: 'asked' }]);
  await until('it is switched', async () => (await generation()) !== first);
  assert.ok(await running().caughtUpWithLog(60_000));
  assert.deepEqual((await get('/players/p0/emotions')).body, before);
  const { items } = (await get('/projections', 'operator')).body;
  assert.deepEqual(
    items.map(({ rebuild }: { rebuild: unknown }) => rebuild),
    items.map(() => null),
  );
});

test('what was begun is given up when the operator wants it, unless it is being built', async () => {
  const begun = async () => (await readModels(pool())).some(({ stage }) => stage === 'next');
  const path = '/projections/emotions/rebuild';
  assert.match((await remove(path)).body.message, /nothing is being built of emotions/);
  const emotions = projections.find(({ name }) => name === 'emotions')!;
  await openNext(pool(), emotions, null);
  const other = await openLocks(pool());
  await other.take([rebuildLock('emotions')]);
  assert.deepEqual([(await remove(path)).body.code, await begun()], ['conflict', true]);
  await other.release();
  assert.equal((await remove(path, 'owner')).body.code, 'forbidden');
  assert.deepEqual((await remove(path)).body, { discarded: ['emotions'] });
  assert.equal(await begun(), false);
  assert.equal((await remove(path)).body.code, 'not_found');
});

test('nobody but the operator, and no read model that there is not', async () => {
  for (const as of ['owner', 'p0']) {
    for (const act of ['rebuild', 'parked/retry', 'parked/7/skip'])
      assert.equal((await post(`/projections/emotions/${act}`, as)).body.code, 'forbidden');
    await refusedWith('forbidden', '/projections/emotions/parked', { as });
  }
  assert.equal((await post('/projections/nothing/rebuild')).body.code, 'not_found');
  assert.equal((await post('/projections/emotions/parked/7/skip')).body.code, 'not_found');
  assert.equal((await post('/projections/emotions/parked/x/skip')).body.code, 'bad_frame');
});

test('what is parked is shown, and taken once more or passed over', async () => {
  await pool().query('alter table game_events add constraint short check (length(type) < 100)');
  log.tell('player-p0', gameEvent(`x${'y'.repeat(200)}`, '2026-11-20T12:00:00Z'));
  log.tell('player-p0', gameEvent('player.kill', '2026-11-20T12:00:01Z'));
  const parked = async () => (await get('/projections/game_events/parked', 'operator')).body;
  await until('it is parked', async () => (await parked()).items.length === 2);
  const { items } = await parked();
  assert.deepEqual(Object.keys(items[0]), [
    ...[
      'position',
      'subject',
      'id',
      'type',
      'stream',
      'revision',
      'error',
      'stack',
      'tries',
      'state',
      'parkedAt',
    ],
  ]);
  const first = (await get('/projections/game_events/parked?limit=1', 'operator')).body;
  assert.deepEqual([first.items.length, first.next], [1, String(items[0].position)]);
  assert.deepEqual((await post('/projections/game_events/parked/retry')).body, { retried: 2 });
  await until('it was tried', async () =>
    (await parked()).items.every(({ state }: { state: string }) => state === 'parked'),
  );
  // The place before all events is a place like others: it does not mean all of them.
  for (const act of ['retry', 'skip'])
    assert.equal((await post(`/projections/game_events/parked/0/${act}`)).body.code, 'not_found');
  assert.equal((await parked()).items.length, 2);
  const skip = await post(`/projections/game_events/parked/${items[0].position}/skip`);
  assert.deepEqual(skip.body, { skipped: 1 });
  await until('the other is taken', async () => (await parked()).items.length === 1);
  assert.equal((await parked()).items[0].state, 'skipped');
});

test('?after= a position: the answer knows of it, or says that it does not yet', async () => {
  const [told] = log.tell('player-p1', gameEvent('player.victory', '2026-11-20T13:00:00Z'));
  const after = formatPosition(told!.position, told!.revision);
  const { status, body } = await get(`/players/p1/timeline?after=${after}&limit=500`);
  assert.equal(status, 200);
  assert.equal(body.items.at(-1).id, told!.id);
  await refusedWith('bad_frame', '/players/p1/timeline?after=soon', { field: 'after' });
  const far = formatPosition(told!.position + 1_000, 0);
  await refusedWith('unavailable', `/players/p1/timeline?after=${far}`);
});
