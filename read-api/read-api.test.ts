import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openPool } from '../projections/database.js';
import { projections } from '../projections/index.js';
import { makeLive } from '../projections/models.js';
import { keepingLogger } from '../projections/testing/database.js';
import { CLIENT, GAME, stored } from '../projections/testing/stories.js';
import { freshen } from './freshness.js';
import { queryHandlers } from './read-api.module.js';
import { ask, type Body, serve, served } from './testing/served.js';

const { log, get, refusedWith, running, fresh } = served();

describe('games', () => {
  test('are listed and read by their client and the operator only', async () => {
    const arena = { id: GAME, clientId: CLIENT, name: 'Arena', config: { map: 'x' } };
    assert.deepEqual((await get('/games')).body, { items: [arena] });
    assert.deepEqual((await get('/games', 'operator')).body.items[0], arena);
    assert.deepEqual((await get('/games', 'stranger')).body, { items: [] });
    assert.deepEqual((await get(`/games/${GAME}`)).body, arena);
    await refusedWith('forbidden', '/games', { as: 'p0' });
    for (const tail of ['', '/players']) {
      await refusedWith('not_found', `/games/${GAME}${tail}`, { as: 'stranger' });
      await refusedWith('not_found', `/games/${GAME}${tail}`, { as: 'p0' });
      await refusedWith('not_found', `/games/nothing${tail}`);
    }
  });

  test('their players are listed over pages, in the order of their registration', async () => {
    const first = (await get(`/games/${GAME}/players?limit=1`)).body;
    assert.equal(first.items[0].id, 'p0');
    assert.equal(first.items[0].externalId, 'sealed:abc of player-p0');
    const second = (await get(`/games/${GAME}/players?limit=1&from=${first.next}`)).body;
    assert.equal(second.items[0].id, 'p1');
  });

  test('a deleted one is gone', async () => {
    log.tell('game-g2', stored('GameCreated', { clientId: CLIENT, name: 'Short', config: {} }));
    assert.equal((await get('/games/g2')).status, 200);
    log.tell('game-g2', stored('GameDeleted', {}));
    await refusedWith('not_found', '/games/g2');
    assert.ok((await get('/games')).body.items.every(({ id }: Body) => id !== 'g2'));
  });
});

test('before anybody has made the read models: not yet; from then on nothing is there', async () => {
  const { pool } = await fresh();
  const app = await serve({ pool, projections: running() });
  try {
    assert.equal((await ask(app, '/games', 'owner')).body.code, 'unavailable');
    await makeLive(pool, projections);
    assert.deepEqual((await ask(app, '/games', 'owner')).body, { items: [] });
  } finally {
    await app.close();
  }
});

test('projections: how far each is, and the reactors, for everybody who is known', async () => {
  for (const as of ['owner', 'p0', 'operator']) {
    const { body } = await get('/projections', as);
    assert.deepEqual(
      body.items.map(({ name }: Body) => name),
      projections.map(({ name }) => name),
    );
    for (const field of ['version', 'position', 'head', 'lag', 'state', 'rate', 'parked']) {
      assert.ok(field in body.items[0], field);
    }
    assert.deepEqual(body.reactors, [
      { name: 'companions', position: 7, inFlight: 0, parked: 1, instances: 2 },
    ]);
  }
  await refusedWith('unauthorized', '/projections', { as: 'anyone' });
});

test('what is malformed is refused by its name', async () => {
  const wrong: [path: string, field: string][] = [
    ['/players/p0/timeline?limit=0', 'limit'],
    ['/players/p0/timeline?limit=501', 'limit'],
    ['/players/p0/timeline?limit=ten', 'limit'],
    ['/players/p0/timeline?limit=1&limit=2', 'limit'],
    ['/players/p0/timeline?at=yesterday', 'at'],
    ['/players/p0/timeline?from=12', 'from'],
    ['/players/p0/emotions?to=2024-01-01', 'to'],
    ['/players/p0/emotion?at=', 'at'],
    ['/players/p0/actions?from=~', 'from'],
    [`/players/${'x'.repeat(65)}`, 'id'],
    ['/players/%00', 'id'],
    ['/games/a%20b', 'gameId'],
    ['/games?from=abc', 'from'],
  ];
  for (const [path, field] of wrong) await refusedWith('bad_frame', path, { field });
});

test('without the database every answer is unavailable, soon, with a time to come back', async () => {
  const nobody = openPool({ url: 'postgres://a:b@127.0.0.1:1/x', logger: keepingLogger() });
  const view = running();
  const away = await serve({ pool: nobody, projections: view });
  for (const path of ['/players/p0', '/players/p0/timeline', '/games', '/projections']) {
    const lost = { ...view, status: () => nobody.query('select 1') };
    const on = path === '/projections' ? await serve({ pool: nobody, projections: lost as never }) : away;
    const { body } = await ask(on, path, 'owner');
    assert.deepEqual([body.code, body.detail.retryAfterMs], ['unavailable', 1000], path);
    if (on !== away) await on.close();
  }
  await away.close();
});

test('a log that cannot be asked, or models that are far behind, hold an answer up only so long', async () => {
  const never = () => new Promise<boolean>(() => {});
  assert.equal(await freshen({ fresh: { ...running(), caughtUpWithLog: never } }, 100), false);
  const fails = () => Promise.reject(new Error('no log'));
  assert.equal(await freshen({ fresh: { ...running(), caughtUpWithLog: fails } }, 100), false);
});

test('every query has its handler in the list', () => {
  const folder = fileURLToPath(new URL('./queries/', import.meta.url));
  const declared = readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [...readFileSync(folder + file, 'utf8').matchAll(/QueryHandler\((\w+)\)/g)])
    .map((match) => `${match[1]}Handler`);
  assert.deepEqual(new Set(queryHandlers.map(({ name }) => name)), new Set(declared));
});
