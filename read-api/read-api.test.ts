import 'reflect-metadata';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import { map } from 'rxjs';
import type { Caller } from '../domain/access/caller.js';
import { Rejection, reject } from '../domain/kernel/rejection.js';
import { openPool } from '../projections/database.js';
import { projections } from '../projections/index.js';
import { type RunningProjections, startProjections } from '../projections/runner.js';
import { keepingLogger, type TestServer, testServer } from '../projections/testing/database.js';
import type { MemoryLog } from '../projections/testing/memory-log.js';
import { acted, CLIENT, GAME, gameEvent, play, registered, stored } from '../projections/testing/stories.js';
import { freshen } from './freshness.js';
import type { Headers, ReadApiParts } from './parts.js';
import { queryHandlers, ReadApiModule } from './read-api.module.js';

const callers: Record<string, Caller> = {
  owner: { kind: 'client', clientId: CLIENT, keyId: 'k' } as Caller,
  stranger: { kind: 'client', clientId: 'c2', keyId: 'k' } as Caller,
  operator: { kind: 'admin' },
  p0: { kind: 'player', clientId: CLIENT, gameId: GAME, playerId: 'p0' } as Caller,
  p1: { kind: 'player', clientId: CLIENT, gameId: GAME, playerId: 'p1' } as Caller,
};

async function authenticate(headers: Headers): Promise<Caller | Rejection> {
  return callers[String(headers['x-api-key'])] ?? reject('unauthorized', 'X-API-Key is needed');
}

/** Shows a rejection as it is: making a problem document of it is not this room's affair. */
class ShowRejections implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(
      map((answer) => {
        if (answer instanceof Rejection) context.switchToHttp().getResponse().status(418);
        return answer;
      }),
    );
  }
}

async function serve(parts: Pick<ReadApiParts, 'pool' | 'projections'>): Promise<NestFastifyApplication> {
  const openSealed: ReadApiParts['openSealed'] = async (subject, sealed) =>
    sealed === 'sealed:gone' ? null : `${sealed} of ${subject}`;
  const module = ReadApiModule.register({ ...parts, authenticate, openSealed });
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: false,
  });
  app.useGlobalInterceptors(new ShowRejections());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

let server: TestServer;
let log: MemoryLog;
let pool: Pool;
let running: RunningProjections;
let app: NestFastifyApplication;

before(async () => {
  server = await testServer();
  log = play({ players: 2, events: 40 });
  ({ pool } = await server.fresh());
  running = startProjections({ log, pool, projections, logger: keepingLogger() });
  app = await serve({ pool, projections: running });
});
after(async () => {
  await app.close();
  await running.stop();
  await server.stop();
});

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire
type Body = any;
async function get(path: string, as = 'owner', on = app): Promise<{ status: number; body: Body }> {
  const answer = await on.inject({ url: path, headers: { 'x-api-key': as } });
  return { status: answer.statusCode, body: answer.json() };
}

async function refusedWith(code: string, path: string, as?: string, field?: string): Promise<void> {
  const { status, body } = await get(path, as);
  assert.equal(status, 418, path);
  assert.equal(body.code, code, path);
  if (field) {
    assert.equal(body.detail.field, field);
    assert.match(body.message, new RegExp(`^${field}: `));
  }
}

describe('a player', () => {
  test('is opened for those whose it is, not for the operator', async () => {
    const own = { id: 'p0', gameId: GAME, clientId: CLIENT, persona: 'cool', lang: 'zh' };
    const names = { externalId: 'sealed:abc of player-p0', displayName: 'sealed:def of player-p0' };
    assert.deepEqual((await get('/players/p0')).body, { ...own, ...names });
    assert.deepEqual((await get('/players/p0', 'p0')).body, { ...own, ...names });
    assert.deepEqual((await get('/players/p0', 'operator')).body, own);
  });

  test('whose key is gone has no name any more', async () => {
    const data = { clientId: CLIENT, gameId: GAME, externalId: 'sealed:gone', persona: 'cute', lang: 'en' };
    log.tell('player-erased', stored('PlayerRegistered', data));
    const { body } = await get('/players/erased');
    assert.deepEqual(body, { id: 'erased', gameId: GAME, clientId: CLIENT, persona: 'cute', lang: 'en' });
  });

  test('of somebody else is as if it were not there, on every path', async () => {
    for (const tail of ['', '/timeline', '/emotion', '/emotions', '/actions']) {
      await refusedWith('not_found', `/players/p0${tail}`, 'stranger');
      await refusedWith('not_found', `/players/p0${tail}`, 'p1');
      await refusedWith('not_found', `/players/nobody${tail}`);
      assert.equal((await get(`/players/p0${tail}`, 'p0')).status, 200);
      await refusedWith('unauthorized', `/players/p0${tail}`, 'anyone');
    }
  });

  test('that was registered or changed just now is found at once', async () => {
    for (let index = 0; index < 5; index++) {
      log.tell(`player-new${index}`, registered());
      assert.equal((await get(`/players/new${index}`)).status, 200);
      log.tell(`player-new${index}`, stored('PersonaChosen', { lang: 'en' }));
      assert.equal((await get(`/players/new${index}`)).body.lang, 'en');
    }
  });
});

describe('a history', () => {
  test('timeline: every event once, oldest first, over pages', async () => {
    const seen: Body[] = [];
    let path = '/players/p0/timeline?limit=7';
    for (let pages = 0; path && pages < 10; pages++) {
      const { body } = await get(path);
      seen.push(...body.items);
      path = body.next ? `/players/p0/timeline?limit=7&from=${encodeURIComponent(body.next)}` : '';
    }
    const told = log.events.filter(
      (event) => event.stream === 'player-p0' && event.type === 'GameEventRecorded',
    );
    assert.deepEqual(
      seen.map(({ id }) => id),
      told.map(({ id }) => id),
    );
    const [first] = told;
    const { type, data, context } = first!.data as Body;
    assert.deepEqual(seen[0], {
      id: first!.id,
      type,
      at: '2026-11-20T10:00:00.000Z',
      recordedAt: '2026-11-20T10:00:00.000Z',
      position: `${first!.position}:${first!.revision}`,
      data,
      context,
    });
  });

  test('an event told late takes its place in time; events of one instant keep their order', async () => {
    log.tell('player-late', registered());
    const times = [
      '2026-01-01T00:00:02Z',
      '2026-01-01T00:00:01Z',
      '2026-01-01T00:00:01Z',
      '2020-05-05T00:00:00Z',
    ];
    const events = times.map((at) => gameEvent('player.kill', at));
    for (const event of events) log.tell('player-late', event);
    const first = await get('/players/late/timeline?limit=2');
    const second = await get(`/players/late/timeline?from=${first.body.next}`);
    const ids = [...first.body.items, ...second.body.items].map(({ id }: Body) => id);
    assert.deepEqual(
      ids,
      [3, 1, 2, 0].map((index) => events[index]!.id),
    );
  });

  test('at, to and from choose by time, inclusive', async () => {
    const times = async (query: string) =>
      (await get(`/players/p0/timeline?${query}`)).body.items.map(({ at }: Body) => at.slice(17, 19));
    assert.deepEqual(await times('at=2026-11-20T10:00:04Z'), ['00', '02', '04']);
    assert.deepEqual(await times('from=2026-11-20T10:00:02Z&to=2026-11-20T10:00:04Z'), ['02', '04']);
    assert.deepEqual(await times('from=2026-11-20T18:00:02%2B08:00&at=2026-11-20T10:00:02Z'), ['02']);
    assert.deepEqual(await times('at=2001-01-01T00:00:00Z'), []);
  });

  test('emotion: the latest felt up to that time; before the first event, how everybody begins', async () => {
    const { body } = await get('/players/p0/emotions');
    assert.equal(body.items.length, 20);
    assert.deepEqual((await get('/players/p0/emotion')).body, body.items.at(-1));
    assert.deepEqual((await get('/players/p0/emotion?at=2026-11-20T10:00:05Z')).body, body.items[2]);
    const before = (await get('/players/p0/emotion?at=2020-01-01T00:00:00Z')).body;
    assert.equal(before.at, '2020-01-01T00:00:00.000Z');
    assert.equal(before.source, 'carried');
    assert.equal(before.eventId, undefined);
    const ids = (await get('/players/p0/timeline')).body.items.map(({ id }: Body) => id);
    assert.deepEqual(
      body.items.map(({ eventId }: Body) => eventId),
      ids,
    );
  });

  test('emotion: of a player not seen for years', async () => {
    log.tell('player-old', registered(), gameEvent('player.victory', '2012-01-01T00:00:00Z'));
    assert.equal((await get('/players/old/emotion')).body.at, '2012-01-01T00:00:00.000Z');
  });

  test('actions: what was said and why, over pages', async () => {
    const { body } = await get('/players/p1/actions?limit=1');
    assert.equal(body.items.length, 1);
    const action = log.events.find(
      (event) => event.stream === 'player-p1' && event.type === 'CompanionActed',
    )!;
    const { actionId, causedBy, emotion, action: gesture, occasion, dialogue } = action.data as Body;
    assert.deepEqual(body.items[0], {
      id: actionId,
      actionId,
      playerId: 'p1',
      causedBy,
      at: '2026-11-20T10:00:05.000Z',
      recordedAt: '2026-11-20T10:00:00.000Z',
      position: `${action.position}:${action.revision}`,
      emotion,
      action: gesture,
      occasion,
      dialogue,
    });
    const rest = await get(`/players/p1/actions?from=${body.next}`);
    assert.equal(rest.body.items.length, 3);
    const silent = acted('x', '2026-11-20T12:00:00Z');
    delete (silent.data as Body).dialogue;
    log.tell('player-p1', silent);
    assert.equal('dialogue' in (await get('/players/p1/actions')).body.items.at(-1), false);
  });
});

describe('games', () => {
  test('are listed and read by their client and the operator only', async () => {
    const arena = { id: GAME, clientId: CLIENT, name: 'Arena', config: { map: 'x' } };
    assert.deepEqual((await get('/games')).body, { items: [arena] });
    assert.deepEqual((await get('/games', 'operator')).body.items[0], arena);
    assert.deepEqual((await get('/games', 'stranger')).body, { items: [] });
    assert.deepEqual((await get(`/games/${GAME}`)).body, arena);
    await refusedWith('forbidden', '/games', 'p0');
    for (const tail of ['', '/players']) {
      await refusedWith('not_found', `/games/${GAME}${tail}`, 'stranger');
      await refusedWith('not_found', `/games/${GAME}${tail}`, 'p0');
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

test('projections: how far each is, for everybody who is known', async () => {
  for (const as of ['owner', 'p0', 'operator']) {
    const { body } = await get('/projections', as);
    assert.deepEqual(
      body.items.map(({ name }: Body) => name),
      projections.map(({ name }) => name),
    );
    for (const field of ['version', 'position', 'head', 'lag', 'state', 'rate', 'parked']) {
      assert.ok(field in body.items[0], field);
    }
  }
  await refusedWith('unauthorized', '/projections', 'anyone');
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
  for (const [path, field] of wrong) await refusedWith('bad_frame', path, 'owner', field);
});

test('without the database every answer is unavailable, soon, with a time to come back', async () => {
  const nobody = openPool({ url: 'postgres://a:b@127.0.0.1:1/x', logger: keepingLogger() });
  const away = await serve({ pool: nobody, projections: running });
  for (const path of ['/players/p0', '/players/p0/timeline', '/games', '/projections']) {
    const view = { status: () => nobody.query('select 1'), caughtUp: running.caughtUp };
    const on =
      path === '/projections'
        ? await serve({ pool: nobody, projections: { ...running, ...view } as never })
        : away;
    const { body } = await get(path, 'owner', on);
    assert.deepEqual([body.code, body.detail.retryAfterMs], ['unavailable', 1000], path);
    if (on !== away) await on.close();
  }
  await away.close();
});

test('a log that cannot be asked, or models that are far behind, hold an answer up only so long', async () => {
  const began = Date.now();
  const never = () => new Promise<boolean>(() => {});
  assert.equal(await freshen({ projections: { ...running, caughtUpWithLog: never } }, 100), false);
  const fails = () => Promise.reject(new Error('no log'));
  assert.equal(await freshen({ projections: { ...running, caughtUpWithLog: fails } }, 100), false);
  assert.ok(Date.now() - began < 1_000);
});

test('every query has its handler in the list', () => {
  const folder = fileURLToPath(new URL('./queries/', import.meta.url));
  const declared = readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [...readFileSync(folder + file, 'utf8').matchAll(/QueryHandler\((\w+)\)/g)])
    .map((match) => `${match[1]}Handler`);
  assert.deepEqual(new Set(queryHandlers.map(({ name }) => name)), new Set(declared));
});
